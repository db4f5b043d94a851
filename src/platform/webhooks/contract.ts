import { z } from "@hono/zod-openapi";
import { REPLAY_STATES } from "../../webhooks/service/replays.ts";
import { eventTypeSchema } from "../../core/events/schema.ts";
import { INACTIVE_REASONS, REPLAY_STATUSES } from "../../core/events/tables.ts";
import { DELIVERY_STATUSES } from "../../webhooks/service/deliveries.ts";
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
import { text } from "../../core/fields.ts";
import { InstantSchema } from "../replies.ts";

export const WebhookSchema = z
  .object({
    id: z.int().meta({ example: 1 }),
    url: z.string().meta({ example: "https://your-app.com/webhooks" }),
    description: z.string().nullable(),
    events: z.array(z.string()).meta({ example: ["post.created", "post.updated"] }),
    heard_events: z.array(z.string()).meta({
      description:
        "Of what it subscribes to, the types it is told of: those of things that the key behind it may read. None once that key has ended",
      example: ["post.created", "post.updated"],
    }),
    site_id: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "Events of this site only; null for all of the workspace" }),
    is_active: z.boolean(),
    inactive_reason: z.enum(INACTIVE_REASONS).nullable(),
    success_count: z.int().meta({ description: "Attempts that succeeded", example: 150 }),
    failure_count: z.int().meta({ description: "Attempts that failed", example: 2 }),
    consecutive_failures: z.int(),
    failing_since: InstantSchema.nullable().register(z.globalRegistry, {
      description: "When it began to do nothing but fail",
    }),
    last_delivery_at: InstantSchema.nullable(),
    previous_secret_expires_at: InstantSchema.nullable(),
    created_by: z.string(),
    version: z.int(),
    created_at: InstantSchema,
    updated_at: InstantSchema,
  })
  .openapi("Webhook");

export const NewWebhookSchema = z
  .object({ ...WebhookSchema.shape, secret: z.string().meta({ description: "Shown this once" }) })
  .openapi("NewWebhook");

export const CreateWebhookSchema = z
  .strictObject({
    ...subscriptionFields,
    site_id: text(64).nullable().optional(),
  })
  .superRefine(oneUrl)
  .openapi("CreateWebhook", {
    ...ONE_URL,
    example: { url: "https://your-app.com/webhooks", events: ["post.created", "post.updated", "post.deleted"] },
  });

export const UpdateWebhookSchema = z
  .strictObject({ ...changeFields, is_active: z.boolean() })
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdateWebhook", {
    minProperties: 1,
    example: { url: "https://new-url.com/webhooks", events: ["post.*"], is_active: true },
  });

export const RotateWebhookSchema = z
  .strictObject({ ...rotationFields, grace_period_hours: graceHours })
  .openapi("RotateWebhookSecret", { example: {} });

export const TestWebhookSchema = z
  .strictObject({
    event: eventTypeSchema("is not a known event type")
      .optional()
      .register(z.globalRegistry, { description: "Send a sample of this event; `webhook.test` when left out" }),
  })
  .openapi("TestWebhook", { example: {} });

export const TestReportSchema = z
  .object({
    success: z.boolean(),
    status_code: z.int().nullable().register(z.globalRegistry, { example: 200 }),
    error: z.string().optional(),
    response_time_ms: z.int().meta({ example: 145 }),
    response_body: z.string().nullable().optional().register(z.globalRegistry, { example: '{"received": true}' }),
  })
  .openapi("WebhookTestReport");

export const DeliverySchema = z
  .object({
    id: z.int().meta({ example: 1 }),
    webhook_id: z.int().meta({ example: 1 }),
    event_id: z.string().meta({ example: "evt_01KAGW6PSZ0000000000000000" }),
    event_type: z.string().meta({ example: "post.created" }),
    status: z.enum(DELIVERY_STATUSES),
    response_code: z.int().nullable(),
    attempt: z.int().meta({ description: "Attempts so far" }),
    error: z.string().nullable(),
    delivered_at: InstantSchema.nullable(),
    next_retry_at: InstantSchema.nullable(),
    created_at: InstantSchema,
  })
  .openapi("WebhookDelivery");

export const DeliveryFilters = {
  event_type: eventTypeSchema("is not a known event type").optional(),
  response_code: responseCodeQuery.optional(),
};

export const DeliveryDetailSchema = z
  .object({
    ...DeliverySchema.shape,
    attempts: z.array(
      z.object({
        attempt: z.int(),
        attempted_at: InstantSchema,
        status_code: z.int().nullable(),
        response_time_ms: z.int(),
        response_body: z.string().nullable(),
        error: z.string().nullable(),
        request_headers: z
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
  .openapi("WebhookDeliveryDetail");

export const RetriedSchema = z
  .object({
    id: z.int(),
    status: z.literal("pending"),
    attempt: z.int().meta({ description: "The number of the attempt to come" }),
  })
  .openapi("RetriedDelivery");

export const ReplayRequestSchema = z.strictObject(replayFields).openapi("ReplayWebhook", {
  example: { from: "2026-01-15T00:00:00Z", to: "2026-01-16T00:00:00Z", status: "failed" },
});

/** As its list shows it. */
export const ListedReplaySchema = z
  .object({
    id: z.int(),
    status: z.enum(REPLAY_STATES).meta({ description: "Finished: everything in the range is queued" }),
    filter: z.enum(REPLAY_STATUSES),
    from: InstantSchema,
    to: InstantSchema,
    progress: z.number().meta({ description: "Share of the events looked through, 0 to 1" }),
    queued: z.int(),
    created_at: InstantSchema,
    finished_at: InstantSchema.nullable(),
    cancelled_at: InstantSchema.nullable(),
  })
  .openapi("ListedWebhookReplay");

export const ReplaySchema = z
  .object({ ...ListedReplaySchema.shape, delivered: z.int(), failed: z.int() })
  .openapi("WebhookReplay");

export const SamplesSchema = z
  .object({ data: z.array(z.unknown().meta({ description: "What a webhook of this event carries as `data`" })) })
  .openapi("WebhookSamples");
