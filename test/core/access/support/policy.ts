import type { KeyPolicy } from "../../../../src/core/keys/policy.ts";

/** The policy of an ordinary key of the tier `pro`, with what a test changes about it. */
export const policyOf = (changes: Partial<KeyPolicy>): KeyPolicy => ({
  keyId: 7,
  familyId: 7,
  workspaceId: 1,
  environment: "live",
  version: "1.1",
  name: "Test key",
  prefix: "optimo_live_abcdef",
  scopes: ["*"],
  rights: null,
  siteIds: null,
  accountAccess: false,
  accessType: "admin",
  attributes: null,
  channels: null,
  allowedIps: null,
  monthlyCap: null,
  rateLimitTier: null,
  isActive: true,
  expiresAt: null,
  endsAt: null,
  workspace: { id: 1, name: "Workspace", slug: "workspace", tier: "pro" },
  ...changes,
});
