import { z } from "@hono/zod-openapi";
import { IMPORTABLE_VALUE } from "../../core/keys/key-format.ts";
import { expandScopes } from "../../core/keys/scopes.ts";
import type { KeyRow } from "../../core/tenancy/api-keys/table.ts";
import { MOMENT } from "../../core/http/query-fields.ts";
import { InstantSchema, instant, instantOrNull } from "../replies.ts";
import { KeySettingsSchema, RightSchema } from "./service/settings.ts";

const settings = KeySettingsSchema.shape;

export const KeyStatusSchema = z.enum(["active", "inactive", "expired", "rotated"]);

const fields = {
  id: z.int().meta({ example: 1 }),
  name: z.string().meta({ example: "Production API Key" }),
  contact_email: z.string().nullable(),
  prefix: z.string().meta({ example: "sk_live_abc123" }),
  environment: z.enum(["live", "sandbox"]),
  status: KeyStatusSchema,
  is_active: z.boolean(),
  scopes: z.array(z.string()).nullable(),
  rights: z.array(RightSchema).nullable(),
  site_ids: z.array(z.string()).nullable(),
  account_access: z.boolean().meta({ description: "Whether it reaches the other workspaces of its account" }),
  access_type: settings.accessType,
  attributes: z.array(z.string()).nullable(),
  channels: z.array(z.string()).nullable(),
  allowed_ips: z.array(z.string()).nullable(),
  rate_limit_tier: z.string().meta({ example: "pro", description: "The key's own tier, else the workspace's" }),
  monthly_cap: z.int().nullable(),
  expires_at: InstantSchema.nullable(),
  grace_period_ends_at: InstantSchema.nullable().register(z.globalRegistry, {
    description: "When a rotated key stops working",
  }),
  rotated_from: z.int().nullable(),
  last_used_at: InstantSchema.nullable().register(z.globalRegistry, {
    description: "Exact to the second where the key is asked for alone; in lists and events it may be a minute old",
  }),
  last_used_ip: z.string().nullable(),
  last_used_user_agent: z.string().nullable(),
  unused_scopes: z.array(z.string()).meta({
    description: "Scopes it holds but has not needed for 30 days; take them away, and less can be lost with the key",
  }),
  version: z.int(),
  created_at: InstantSchema,
  updated_at: InstantSchema,
};

export const KeySchema = z.object(fields).openapi("ApiKey");
export const NewKeySchema = z
  .object({ ...fields, key: z.string().meta({ description: "Shown only now" }) })
  .openapi("NewApiKey");

/** A moment, or a date: then the key ends at 00:00 UTC of that day (document 004). */
const ExpirySchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], "must be an ISO 8601 date")
  .transform((text) => Date.parse(text))
  .nullable()
  .register(z.globalRegistry, { anyOf: [...MOMENT.anyOf, { type: "null" }], example: "2027-01-01T00:00:00Z" });

const writable = {
  name: settings.name.meta({ example: "Mobile App Key" }),
  contact_email: settings.contactEmail,
  scopes: settings.scopes,
  rights: settings.rights,
  site_ids: settings.siteIds,
  account_access: settings.accountAccess.meta({
    description: "Lets it name another workspace in X-Workspace-ID and list them; given only by a key that has it",
  }),
  access_type: settings.accessType,
  attributes: settings.attributes,
  channels: settings.channels,
  allowed_ips: settings.allowedIps,
  rate_limit_tier: settings.rateLimitTier,
  monthly_cap: settings.monthlyCap,
  is_active: settings.isActive,
  expires_at: ExpirySchema,
};

export const CreateKeySchema = z
  .strictObject({
    ...z.object(writable).partial().shape,
    name: writable.name,
    environment: fields.environment.optional(),
  })
  .openapi("CreateApiKey", {
    example: { name: "Mobile App Key", scopes: ["posts:read", "users:read"] },
  });

export const UpdateKeySchema = z
  .strictObject(writable)
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdateApiKey", {
    minProperties: 1,
    example: { name: "Mobile App Key (old)", is_active: false },
  });

// Not `CreateKeySchema.extend`: described as "all of" two closed objects, no body would satisfy it.
export const ImportKeySchema = z
  .strictObject({
    ...CreateKeySchema.shape,
    key: z.string().regex(IMPORTABLE_VALUE, "must have 16 to 256 visible ASCII characters").meta({
      // Which prefixes those are is the deployment's to say.
      "x-prefixed": true,
      minLength: 16,
      maxLength: 256,
      description:
        "The whole value, as its callers send it, beginning with a prefix that this deployment takes keys of; it is hashed at once and not kept",
    }),
  })
  .openapi("ImportApiKey", {
    example: { name: "Old shop export", key: "nscms_k1_abc123def456ghi789", scopes: ["ecommerce:read"] },
  });

export const RotateKeySchema = z
  .strictObject({
    grace_period_hours: z
      .int("must be a whole number")
      .min(0, "must be from 0 to 168")
      .max(168, "must be from 0 to 168")
      .default(24),
  })
  .openapi("RotateApiKey", { example: { grace_period_hours: 24 } });

export const SimulateSchema = z
  .strictObject({
    method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], "must be an HTTP method"),
    path: z
      .string()
      .max(2_000)
      .regex(/^\/[!-~]*$/, "must be a path, with its query string if it has one")
      .meta({ description: "The path of the call, with its query" }),
    ip: z
      .union([z.ipv4(), z.ipv6()], "must be an IP address")
      .optional()
      .register(z.globalRegistry, {
        anyOf: [
          { type: "string", format: "ipv4" },
          { type: "string", format: "ipv6" },
        ],
        description: "Where the call comes from; where this one comes from when left out",
      }),
    workspace_id: z
      .int()
      .min(1)
      .optional()
      .register(z.globalRegistry, { description: "What the call says in `X-Workspace-ID`" }),
  })
  .openapi("SimulateApiKey", { example: { method: "GET", path: "/api/v1/posts" } });

export const SimulationSchema = z
  .object({
    allowed: z
      .boolean()
      .meta({ description: "Whether the key may make the call: whatever else it gets, it gets no 401 or 403" }),
    status: z.int().meta({ description: "The status such a call would get, limits aside" }),
    reason: z.string().nullable().register(z.globalRegistry, { description: "The message such a call would get" }),
    cause: z.string().nullable().register(z.globalRegistry, {
      example: "scope",
      description: "The `reason` such a call would get: a cause more exact than its code",
    }),
    endpoint: z.string().nullable().register(z.globalRegistry, { description: "The route the path leads to" }),
    required_scope: z.string().nullable(),
  })
  .openapi("Simulation");

/** Snake case on the wire, camel case in the services. */
const NAMES: Record<string, string> = {
  contact_email: "contactEmail",
  site_ids: "siteIds",
  account_access: "accountAccess",
  access_type: "accessType",
  allowed_ips: "allowedIps",
  rate_limit_tier: "rateLimitTier",
  monthly_cap: "monthlyCap",
  is_active: "isActive",
  expires_at: "expiresAt",
};

/** A request body as the services' settings. */
export const toSettings = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [NAMES[name] ?? name, value]));

function statusOf(row: KeyRow, now: number): z.output<typeof KeyStatusSchema> {
  if (row.expiresAt !== null && row.expiresAt <= now) return "expired";
  if (row.rotatedTo !== null) return "rotated";
  return row.isActive ? "active" : "inactive";
}

const HINT_AFTER_MS = 30 * 24 * 3_600_000;

/** A key younger than 30 days has not had its chance yet: no hints. */
function unusedScopes(row: KeyRow, now: number): string[] {
  if (row.createdAt > now - HINT_AFTER_MS) return [];
  const since = new Date(now - HINT_AFTER_MS).toISOString().slice(0, 10);
  return [...expandScopes(row.scopes ?? [])].filter((scope) => (row.usedScopes?.[scope] ?? "") < since);
}

/** A key as the API shows it: never its value, never its hash. */
export const toKey = (row: KeyRow, workspaceTier: string, now: number): z.output<typeof KeySchema> => ({
  id: row.id,
  name: row.name,
  contact_email: row.contactEmail,
  prefix: row.prefix,
  environment: row.environment,
  status: statusOf(row, now),
  is_active: row.isActive,
  scopes: row.scopes,
  rights: row.rights as z.output<typeof KeySchema>["rights"],
  site_ids: row.siteIds,
  account_access: row.accountAccess,
  access_type: row.accessType,
  attributes: row.attributes,
  channels: row.channels,
  allowed_ips: row.allowedIps,
  rate_limit_tier: row.rateLimitTier ?? workspaceTier,
  monthly_cap: row.monthlyCap,
  expires_at: instantOrNull(row.expiresAt),
  grace_period_ends_at: row.rotatedTo === null ? null : instantOrNull(row.endsAt),
  rotated_from: row.rotatedFrom,
  last_used_at: instantOrNull(row.lastUsedAt),
  last_used_ip: row.lastUsedIp,
  last_used_user_agent: row.lastUsedUserAgent,
  unused_scopes: unusedScopes(row, now),
  version: row.version,
  created_at: instant(row.createdAt),
  updated_at: instant(row.updatedAt),
});
