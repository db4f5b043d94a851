import type { z } from "@hono/zod-openapi";
import { defineEvents } from "../../core/events/define.ts";
import { SAMPLE_AT } from "../../core/events/sample.ts";
import { instant } from "../../core/instant.ts";
import type { KeySchema } from "./contract.ts";

const WEEK_MS = 7 * 24 * 3_600_000;

const sample: z.output<typeof KeySchema> = {
  id: 1,
  name: "Mobile App Key",
  contact_email: null,
  prefix: "optimo_live_abc123",
  environment: "live",
  status: "active",
  is_active: true,
  scopes: ["posts:read", "users:read"],
  rights: null,
  site_ids: null,
  account_access: false,
  access_type: "admin",
  attributes: null,
  channels: null,
  allowed_ips: null,
  rate_limit_tier: "pro",
  monthly_cap: null,
  expires_at: null,
  grace_period_ends_at: null,
  rotated_from: null,
  last_used_at: null,
  last_used_ip: null,
  last_used_user_agent: null,
  unused_scopes: [],
  version: 1,
  created_at: instant(SAMPLE_AT),
  updated_at: instant(SAMPLE_AT),
};

export const KEY_EVENTS = defineEvents({
  noun: "api_key",
  scope: "api-keys:read",
  readAt: ["/api/v1/api-keys", "/api/v1/api-keys/{keyId}"],
  sample,
  verbs: {
    created: {},
    updated: { version: 2 },
    rotated: { id: 2, rotated_from: 1 },
    revoked: { version: 2 },
    expiring: { expires_at: instant(SAMPLE_AT + WEEK_MS) },
  },
});
