import { defineEvents } from "../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../core/events/sample.ts";
import { instant } from "../core/instant.ts";
import type { shownWebhook, toDelivery } from "./wire.ts";

const sample: Awaited<ReturnType<typeof shownWebhook>> = {
  id: 1,
  url: "https://your-app.com/webhooks",
  description: null,
  events: ["post.created", "post.updated"],
  site_id: null,
  is_active: false,
  inactive_reason: "gone",
  success_count: 150,
  failure_count: 1,
  consecutive_failures: 1,
  failing_since: instant(SAMPLE_AT),
  last_delivery_at: instant(SAMPLE_AT),
  previous_secret_expires_at: null,
  created_by: "key:1",
  version: 2,
  created_at: instant(SAMPLE_AT),
  updated_at: instant(SAMPLE_AT),
  heard_events: ["post.created", "post.updated"],
};

export const WEBHOOK_EVENTS = defineEvents({
  noun: "webhook",
  scope: "webhooks:read",
  readAt: ["/api/v1/webhooks", "/api/v1/webhooks/{webhookId}"],
  sample,
  verbs: { disabled: {} },
});

const failed: ReturnType<typeof toDelivery> = {
  id: 1,
  webhook_id: 1,
  event_id: sampleId("evt"),
  event_type: "post.created",
  status: "failed",
  response_code: 500,
  attempt: 9,
  error: "Answered 500.",
  delivered_at: null,
  next_retry_at: null,
  created_at: instant(SAMPLE_AT),
};

export const DELIVERY_EVENTS = defineEvents({
  noun: "delivery",
  scope: "webhooks:read",
  readAt: ["/api/v1/webhooks/{webhookId}/deliveries", "/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}"],
  sample: failed,
  verbs: { exhausted: {} },
});
