import { z } from "@hono/zod-openapi";
import { changeSchema } from "../../../core/contract.ts";
import { EmailSchema, LocaleSchema, MomentOrNullSchema, SlugSchema, TimestampSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { SUBSCRIBER_STATUSES } from "./table.ts";

const MAX_TOPICS = 20;

const StatusSchema = z.enum(SUBSCRIBER_STATUSES, `must be one of ${SUBSCRIBER_STATUSES.join(", ")}`);

const TopicsSchema = z
  .array(SlugSchema, "must be a list of topics")
  .max(MAX_TOPICS, `must have at most ${MAX_TOPICS} topics`)
  .refine((topics) => new Set(topics).size === topics.length, "must not name a topic twice")
  .meta({ description: "What they want to hear of, as the site names it; none for everything", example: ["news"] });

/** Nobody has two mailboxes that differ in the case of their letters. */
export const SubscriberEmailSchema = EmailSchema.toLowerCase();

const LanguageSchema = LocaleSchema.nullable().register(z.globalRegistry, {
  description: "The language they are written to in",
});

export const SubscriberSchema = itemSchema("Subscriber", "sub_01KAGW6PSZ0000000000000000", {
  email: EmailSchema.optional(),
  status: StatusSchema.meta({
    description: "`pending` until they have confirmed it by the mail they got; only `active` ones are written to",
  }),
  topics: TopicsSchema,
  locale: LanguageSchema,
  source: z.enum(["form", "api"]).meta({ description: "Whether they asked on the website or were added by a key" }),
  consentAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When they have agreed to it; null for not yet",
  }),
  unsubscribedAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When they ended it; null for not",
  }),
});

export const CreateSubscriberSchema = z
  .strictObject({
    email: SubscriberEmailSchema,
    topics: TopicsSchema.default([]),
    locale: LanguageSchema.default(null),
    status: z.enum(["pending", "active"], "must be pending or active").optional().register(z.globalRegistry, {
      description:
        "`pending` sends them a mail to confirm it; `active` needs `consentAt`. Left out, it is `active` with `consentAt` and `pending` without",
    }),
    consentAt: MomentOrNullSchema.default(null).register(z.globalRegistry, {
      description: "When they have agreed, for those who did so elsewhere",
    }),
  })
  .openapi("CreateSubscriber", {
    example: { email: "ada@example.com", topics: ["news"], locale: "en" },
  });

export const UpdateSubscriberSchema = changeSchema(
  "UpdateSubscriber",
  {
    topics: TopicsSchema,
    locale: LanguageSchema,
    status: z
      .enum(["pending", "unsubscribed"], "must be pending or unsubscribed")
      .meta({ description: "`unsubscribed` ends it; `pending` asks them by mail whether they want it again" }),
  },
  { topics: ["news", "events"] },
);

export const ListSubscribersQuery = listQuery(["createdAt", "updatedAt"], {
  status: StatusSchema.optional(),
  search: SearchSchema.optional(),
  email: SubscriberEmailSchema.optional().register(z.globalRegistry, {
    description: "Only the subscriber of this e-mail address",
  }),
});
