import { z } from "@hono/zod-openapi";
import { LocaleSchema, SlugSchema, text } from "../../../core/fields.ts";
import { PUBLIC_URL } from "../../../core/patterns.ts";
import { listQuery } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";

const MAX_TOPICS = 20;

/** What one can be told of, as the site names it. */
export const TopicsSchema = z
  .array(SlugSchema, "must be a list of topics")
  .max(MAX_TOPICS, `must have at most ${MAX_TOPICS} topics`)
  .refine((topics) => new Set(topics).size === topics.length, "must not name a topic twice");

export const PushSubscriptionSchema = itemSchema("PushSubscription", "psub_01KAGW6PSZ0000000000000000", {
  host: z.string().meta({
    description: "The push service of the browser; its address is shown to nobody",
    example: "fcm.googleapis.com",
  }),
  locale: z.string().nullable().register(z.globalRegistry, { description: "The language of the page it was made on" }),
  topics: z.array(z.string()).meta({ description: "What it wants to hear of; none for everything", example: ["news"] }),
});

export const ListPushSubscriptionsQuery = listQuery(["createdAt", "updatedAt"], {});

/** Base64url of so many bytes, as browsers write it, or with the padding that belongs to it. */
const bytes = (length: number, message: string) =>
  z
    .string()
    .regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((length * 8) / 6)}}(?:={${(3 - (length % 3)) % 3}})?$`), message);

const EndpointSchema = text(2_000).min(1, "must not be empty").meta({
  description: "The address that the browser's push service has given out",
  example: "https://fcm.googleapis.com/fcm/send/c1KrmpTuRm",
});

/** A browser's subscription, as `PushSubscription.toJSON()` has it, and what is wished for. */
export const SubscribeSchema = z
  .strictObject({
    endpoint: EndpointSchema.meta({ pattern: PUBLIC_URL }),
    keys: z.strictObject({
      p256dh: bytes(65, "must be an uncompressed point of P-256 in base64url").meta({
        description: "The browser's public key",
      }),
      auth: bytes(16, "must be 16 bytes in base64url").meta({ description: "What the browser authenticates by" }),
    }),
    expirationTime: z
      .number()
      .nullable()
      .optional()
      .register(z.globalRegistry, { description: "As the browser has it; not kept" }),
    locale: LocaleSchema.optional().register(z.globalRegistry, { description: "The language of the page" }),
    topics: TopicsSchema.optional().register(z.globalRegistry, {
      description: "What it wants to hear of; none for everything",
    }),
    replaces: EndpointSchema.optional().register(z.globalRegistry, {
      description: "The address it takes the place of, whose language and topics it keeps where it names none",
    }),
  })
  .openapi("SubscribeToPush", {
    example: {
      endpoint: "https://push.example.com/v2/8f14e45f",
      keys: {
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      },
      locale: "en",
      topics: ["news"],
    },
  });

export type Subscribe = z.output<typeof SubscribeSchema>;

export const UnsubscribeSchema = z.strictObject({ endpoint: EndpointSchema }).openapi("UnsubscribeFromPush", {
  example: { endpoint: "https://push.example.com/v2/8f14e45f" },
});

/** What a visitor's browser is told of its subscription. */
export const SubscribedSchema = z
  .object({
    locale: z.string().nullable(),
    topics: z.array(z.string()),
  })
  .openapi("SubscribedToPush");

export const PushKeySchema = z
  .object({
    publicKey: z.string().meta({ description: "What `PushManager.subscribe` takes as `applicationServerKey`" }),
  })
  .openapi("PushKey");
