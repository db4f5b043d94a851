import { z } from "@hono/zod-openapi";
import { eventTypeSchema } from "../../core/events/schema.ts";
import { INACTIVE_REASONS, REPLAY_STATUSES } from "../../core/events/tables.ts";
import {
  changeFields,
  graceHours,
  ONE_URL,
  oneUrl,
  replayFields,
  responseCodeQuery,
  rotationFields,
  subscriptionFields,
} from "../../webhooks/fields.ts";
import { DELIVERY_STATUSES } from "../../webhooks/service/deliveries.ts";
import { ENDPOINT_STATUSES } from "../../webhooks/service/list.ts";
import { REPLAY_STATES } from "../../webhooks/service/replays.ts";
import { TimestampSchema } from "../../core/fields.ts";
import { listQuery } from "../list-query.ts";
import { pathParams } from "../../core/http/path-params.ts";

export const SiteWebhookSchema = z
  .object({
    id: z.string().meta({ example: "wh_1" }),
    url: z.string().meta({ example: "https://your-app.com/webhooks" }),
    description: z.string().nullable(),
    events: z.array(z.string()).meta({ example: ["page.created", "page.*"] }),
    heardEvents: z.array(z.string()).meta({
      description:
        "Of what it subscribes to, the types it is told of: those of things that the key behind it may read. None once that key has ended",
      example: ["page.created", "page.updated"],
    }),
    active: z.boolean(),
    inactiveReason: z.enum(INACTIVE_REASONS).nullable(),
    successCount: z.int(),
    failCount: z.int(),
    consecutiveFailures: z.int(),
    failingSince: TimestampSchema.nullable(),
    lastDeliveredAt: TimestampSchema.nullable(),
    previousSecretExpiresAt: TimestampSchema.nullable(),
    createdBy: z.string(),
    version: z.int(),
    createdAt: TimestampSchema,
    updatedAt: TimestampSchema,
  })
  .openapi("SiteWebhook");

export const NewSiteWebhookSchema = z
  .object({ ...SiteWebhookSchema.shape, secret: z.string().meta({ description: "Shown this once" }) })
  .openapi("NewSiteWebhook");

export const CreateSiteWebhookSchema = z
  .strictObject(subscriptionFields)
  .superRefine(oneUrl)
  .openapi("CreateSiteWebhook", {
    ...ONE_URL,
    example: { url: "https://your-app.com/webhooks", events: ["page.created", "page.updated"] },
  });

export const UpdateSiteWebhookSchema = z
  .strictObject({ ...changeFields, active: z.boolean("must be true or false") })
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdateSiteWebhook", {
    minProperties: 1,
    example: { events: ["page.*"], active: true },
  });

export const RotateSiteWebhookSchema = z
  .strictObject({ ...rotationFields, gracePeriodHours: graceHours })
  .openapi("RotateSiteWebhookSecret", { example: {} });

export const SiteTestReportSchema = z
  .object({
    success: z.boolean(),
    statusCode: z.int().nullable(),
    error: z.string().nullable(),
    responseTimeMs: z.int(),
    responseBody: z.string().nullable(),
  })
  .openapi("SiteWebhookTestReport");

const AttemptSchema = z.object({
  number: z.int(),
  at: TimestampSchema,
  statusCode: z.int().nullable(),
  responseTimeMs: z.int(),
  responseBody: z.string().nullable(),
  error: z.string().nullable(),
});

export const SiteDeliverySchema = z
  .object({
    id: z.string().meta({ example: "whd_1" }),
    webhookId: z.string().meta({ example: "wh_1" }),
    eventId: z.string().meta({ example: "evt_01KAGW6PSZ0000000000000000" }),
    eventType: z.string().meta({ example: "page.created" }),
    status: z.enum(DELIVERY_STATUSES),
    responseCode: z.int().nullable(),
    attempt: z.int().meta({ description: "Attempts so far" }),
    error: z.string().nullable(),
    deliveredAt: TimestampSchema.nullable(),
    nextRetryAt: TimestampSchema.nullable(),
    createdAt: TimestampSchema,
    attempts: z.array(AttemptSchema).meta({ description: "Every attempt, oldest first" }),
  })
  .openapi("SiteWebhookDelivery");

export const SiteDeliveryDetailSchema = z
  .object({
    ...SiteDeliverySchema.shape,
    attempts: z.array(
      AttemptSchema.extend({
        requestHeaders: z
          .record(z.string(), z.string())
          .nullable()
          .register(z.globalRegistry, { description: "As they were sent; null when nothing was" }),
      }),
    ),
    payload: z
      .record(z.string(), z.unknown())
      .nullable()
      .register(z.globalRegistry, { description: "What is sent, as far as this key may read it" }),
  })
  .openapi("SiteWebhookDeliveryDetail");

export const SiteReplayRequestSchema = z
  .strictObject(replayFields)
  .openapi("ReplaySiteWebhook", { example: { from: "2026-05-26T00:00:00Z", status: "failed" } });

/** As its list shows it. */
export const ListedSiteReplaySchema = z
  .object({
    id: z.string().meta({ example: "whr_1" }),
    status: z.enum(REPLAY_STATES).meta({ description: "Finished: everything in the range is queued" }),
    filter: z.enum(REPLAY_STATUSES),
    from: TimestampSchema,
    to: TimestampSchema,
    progress: z.number().meta({ description: "Share of the events looked through, 0 to 1" }),
    queued: z.int(),
    createdAt: TimestampSchema,
    finishedAt: TimestampSchema.nullable(),
    cancelledAt: TimestampSchema.nullable(),
  })
  .openapi("ListedSiteWebhookReplay");

export const SiteReplaySchema = z
  .object({ ...ListedSiteReplaySchema.shape, delivered: z.int(), failed: z.int() })
  .openapi("SiteWebhookReplay");

export const SiteParams = pathParams("siteId");
export const HookParams = pathParams("siteId", "hookId");
export const HookDeliveryParams = pathParams("siteId", "hookId", "hookDeliveryId");
export const HookReplayParams = pathParams("siteId", "hookId", "hookReplayId");
export const SampleParams = pathParams("siteId", "event");

export const ListHooksQuery = listQuery(["createdAt"], { status: z.enum(ENDPOINT_STATUSES).optional() });
export const ListHookDeliveriesQuery = listQuery(["createdAt"], {
  status: z.enum(DELIVERY_STATUSES).optional(),
  eventType: eventTypeSchema("is not a known event type").optional(),
  responseCode: responseCodeQuery.optional(),
});
export const ListHookReplaysQuery = listQuery(["createdAt"], { status: z.enum(REPLAY_STATES).optional() });
