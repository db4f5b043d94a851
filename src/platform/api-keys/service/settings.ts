import { z } from "@hono/zod-openapi";
import { isIpRule } from "../../../core/keys/allowed-ips.ts";
import { attributeNames, CHANNELS } from "../../../core/keys/attributes.ts";
import { RIGHT_METHODS } from "../../../core/keys/rights.ts";
import { SCOPE_ENTRIES } from "../../../core/keys/scopes.ts";
import { DomainError, invalid } from "../../../core/errors.ts";
import { EmailSchema, line, text } from "../../../core/fields.ts";
import { TIERS, tierRank } from "../../../core/limits/plans.ts";
import { IP_RULE } from "../../../core/patterns.ts";
import { complaintsAbout } from "./rights.ts";

/** An entry of a key's scopes. */
const ScopeSchema = z
  .enum(SCOPE_ENTRIES as [string, ...string[]], "is not a scope, wildcard or preset: see GET /api/v1/endpoints")
  .openapi("Scope", { description: "A scope, a wildcard or a preset", example: "posts:read" });

const AttributeSchema = z
  .lazy(() =>
    z.enum(attributeNames() as [string, ...string[]], "is not a personal attribute: see GET /api/v1/access-types"),
  )
  .openapi("PersonalAttribute", {
    description: "What may be known of a person",
    example: "customerName",
  });

const IpRuleSchema = z.string().refine(isIpRule, "is not an IP address or CIDR block").openapi("IpRule", {
  pattern: IP_RULE,
  description: "An IPv4 or IPv6 address, or a block of them (CIDR)",
  example: "203.0.113.0/24",
});

export const RightSchema = z.strictObject({
  endpoint: z
    .string()
    .max(200)
    .regex(/^(?:\*|\/[!-~]*)$/, "must be * or a path")
    .regex(/^[^?#]*$/, "must be a path without its query string"),
  methods: z.array(z.enum([...RIGHT_METHODS, "*"])).min(1),
  query: z.record(text(100), text(200)).optional(),
});

/** A row as it may be set: one that can match a call. */
const NewRightSchema = RightSchema.superRefine((right, issues) => {
  for (const [path, message] of complaintsAbout(right)) issues.addIssue({ code: "custom", path, message });
});

/** An empty list says "nothing" to one reader and "no limit" to another: `null` is how "no limit" is said. */
const EMPTY = "must not be empty: null stands for no restriction";

/** Everything about a key its owner can set (docs/contract.md §1). Times are milliseconds since the epoch. */
export const KeySettingsSchema = z.strictObject({
  name: line(255),
  contactEmail: EmailSchema.nullable(),
  scopes: z.array(ScopeSchema).min(1, EMPTY).max(100).nullable(),
  rights: z.array(NewRightSchema).min(1, EMPTY).max(500).nullable(),
  siteIds: z.array(text(64)).min(1, EMPTY).max(1_000).nullable(),
  accountAccess: z.boolean(),
  accessType: z.enum(["admin", "integrations", "transactional"]),
  attributes: z.array(AttributeSchema).min(1, EMPTY).max(100).nullable(),
  channels: z
    .array(z.enum(CHANNELS as [string, ...string[]], `must be one of ${CHANNELS.join(", ")}`))
    .min(1, EMPTY)
    .max(100)
    .nullable(),
  allowedIps: z.array(IpRuleSchema).min(1, EMPTY).max(200).nullable(),
  rateLimitTier: z.enum(TIERS as [string, ...string[]], `must be one of ${TIERS.join(", ")}`).nullable(),
  monthlyCap: z.int().min(0).max(1_000_000_000).nullable(),
  isActive: z.boolean(),
  expiresAt: z.int().nullable(),
});

export type KeySettings = z.output<typeof KeySettingsSchema>;

/** A key's own tier may be lower than its workspace's, never higher; a workspace without API access makes no keys. */
export function requireTier(workspaceTier: string, keyTier: string | null): void {
  if (keyTier !== null && tierRank(keyTier) > tierRank(workspaceTier)) {
    throw invalid("rate_limit_tier", `may not be above the workspace's tier ${workspaceTier}`);
  }
}

export function requireFuture(expiresAt: number | null | undefined, now: number): void {
  if (expiresAt != null && expiresAt <= now) throw invalid("expires_at", "must be in the future");
}

/** A key that is kept to certain sites is no key to the other workspaces of the account. */
export function requireOneReach({ siteIds, accountAccess }: Pick<KeySettings, "siteIds" | "accountAccess">): void {
  if (siteIds !== null && accountAccess) throw invalid("account_access", "is not for a key limited to certain sites");
}

export function requireApiAccess(apiAccess: boolean, upgradeUrl: string): void {
  if (apiAccess) return;
  throw new DomainError("feature_limit_reached", "API access is not part of your plan.", {
    feature: "api_keys",
    upgradeUrl,
  });
}
