import { z } from "@hono/zod-openapi";
import { isIpRule } from "../../../core/keys/allowed-ips.ts";
import { RIGHT_METHODS } from "../../../core/keys/rights.ts";
import { isKnownScope } from "../../../core/keys/scopes.ts";
import { DomainError, invalid } from "../../../core/errors.ts";
import { TIERS, tierRank } from "../../../core/limits/plans.ts";

export const RightSchema = z.strictObject({
  endpoint: z
    .string()
    .max(200)
    .regex(/^(?:\*|\/[^\s?#]*)$/, "must be * or a path"),
  methods: z.array(z.enum([...RIGHT_METHODS, "*"])).min(1),
  query: z.record(z.string().max(100), z.string().max(200)).optional(),
});

/** Everything about a key its owner can set (CONTRACT §1). Times are milliseconds since the epoch. */
export const KeySettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(255),
  contactEmail: z.email().nullable(),
  scopes: z.array(z.string().refine(isKnownScope, "is not a scope, wildcard or preset")).max(100).nullable(),
  rights: z.array(RightSchema).max(500).nullable(),
  siteIds: z.array(z.string().max(64)).min(1).max(1_000).nullable(),
  accountAccess: z.boolean(),
  accessType: z.enum(["admin", "integrations", "transactional"]),
  attributes: z.array(z.string().max(100)).max(100).nullable(),
  channels: z.array(z.string().max(100)).max(100).nullable(),
  allowedIps: z.array(z.string().refine(isIpRule, "is not an IP address or CIDR block")).max(200).nullable(),
  rateLimitTier: z.enum(TIERS as [string, ...string[]]).nullable(),
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
