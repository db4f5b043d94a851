import { authorise } from "../../../src/core/access/authorise.ts";
import { callerOf } from "../../../src/core/access/caller.ts";
import { ipAllowed } from "../../../src/core/keys/allowed-ips.ts";
import type { KeyPolicy } from "../../../src/core/keys/policy.ts";
import type { Right } from "../../../src/core/keys/rights.ts";
import type { Endpoint } from "../../../src/core/http/endpoint.ts";
import { allRoutes } from "../../../src/core/http/registry.ts";
import { START } from "../../support/fixtures.ts";

/** Everything about a key that says what it may do. */
export type Powers = Pick<
  KeyPolicy,
  | "scopes"
  | "rights"
  | "siteIds"
  | "accountAccess"
  | "accessType"
  | "attributes"
  | "channels"
  | "rateLimitTier"
  | "monthlyCap"
  | "environment"
  | "allowedIps"
  | "expiresAt"
>;

export const SITES = ["site_01AAAAAAAAAAAAAAAAAAAAAAAA", "site_01BBBBBBBBBBBBBBBBBBBBBBBB"] as const;
export const SANDBOX_SITE = "site_01CCCCCCCCCCCCCCCCCCCCCCCC";
export const ADDRESS = "10.1.0.1";

/** The workspace's tier in these tests, and the tiers from the lowest on, as docs/contract.md §2 lists them. */
export const WORKSPACE_TIER = "enterprise";
const TIERS = ["trial", "free", "starter", "professional", "pro", "agency", "enterprise"];
const DAY = 86_400_000;

const ALL: Powers = {
  scopes: ["*"],
  rights: null,
  siteIds: null,
  accountAccess: false,
  accessType: "admin",
  attributes: null,
  channels: null,
  rateLimitTier: null,
  monthlyCap: null,
  environment: "live",
  allowedIps: null,
  expiresAt: null,
};

const row = (endpoint: string, methods: Right["methods"], query?: Record<string, string>): Right =>
  query ? { endpoint, methods, query } : { endpoint, methods };

/** What a key with rights needs to reach the key routes at all. */
const KEY_ROWS = [
  row("/api/v1/api-keys", ["POST"]),
  row("/api/v1/api-keys/import", ["POST"]),
  row("/api/v1/api-keys/{keyId}", ["PATCH"]),
  row("/api/v1/api-keys/{keyId}/rotate", ["POST"]),
];
const ITEM = "/api/backend/item";
const PAGES = "/v1/sites/{siteId}/pages";

const CHANGES: Partial<Powers>[] = [
  {},
  { scopes: ["posts:read"] },
  { scopes: ["api-keys:write"] },
  { scopes: ["api-keys:*", "posts:read"] },
  { scopes: ["api-keys:*", "posts:read", "posts:write", "posts:delete"] },
  { scopes: ["api-keys:*", "posts:*"] },
  { scopes: ["*:read"] },
  { scopes: ["*:read", "api-keys:write"] },
  { scopes: ["*:write"] },
  { scopes: ["api-keys:*", "read"] },
  { scopes: ["api-keys:*", "read", "write"] },
  { scopes: ["api-keys:*", "ai", "publish"] },
  { scopes: null, rights: [row("*", ["*"])] },
  { scopes: null, rights: [row("*", ["GET"])] },
  { scopes: null, rights: [row("*", ["POST", "PATCH"])] },
  { scopes: null, rights: [row("*", ["GET", "POST", "PATCH", "DELETE"])] },
  { scopes: null, rights: [...KEY_ROWS, row(ITEM, ["GET"])] },
  { scopes: null, rights: [...KEY_ROWS, row(ITEM, ["GET", "POST"])] },
  { scopes: null, rights: [...KEY_ROWS, row(ITEM, ["GET"], { table: "s_orders" })] },
  { scopes: null, rights: [...KEY_ROWS, row(ITEM, ["GET"], { table: "s_products" })] },
  { scopes: null, rights: [...KEY_ROWS, row(ITEM, ["GET"], { table: "s_orders", status: "paid" })] },
  { scopes: null, rights: [...KEY_ROWS, row(PAGES, ["GET"])] },
  { scopes: null, rights: [...KEY_ROWS, row(`/v1/sites/${SITES[0]}/pages`, ["GET"])] },
  { scopes: ["api-keys:*", "posts:*"], rights: [row("*", ["*"])] },
  { scopes: ["api-keys:*", "posts:*"], rights: [...KEY_ROWS, row("/api/v1/posts", ["GET", "POST"])] },
  { scopes: ["*"], rights: KEY_ROWS },
  { accountAccess: true },
  { siteIds: [SITES[0]] },
  { siteIds: [SITES[1]] },
  { siteIds: [...SITES] },
  { siteIds: [SITES[0]], scopes: ["api-keys:*", "pages:*"] },
  { accessType: "transactional" },
  { accessType: "integrations" },
  { accessType: "integrations", attributes: ["name"], channels: ["email"] },
  { accessType: "integrations", attributes: ["name", "email"], channels: ["web_push", "email"] },
  { accessType: "admin", attributes: ["name"], channels: ["email"] },
  { rateLimitTier: "free" },
  { rateLimitTier: "pro" },
  { rateLimitTier: "enterprise" },
  { monthlyCap: 0 },
  { monthlyCap: 1_000_000 },
  { monthlyCap: 2_000_000 },
  { environment: "sandbox" },
  { environment: "sandbox", scopes: ["api-keys:*", "posts:read"], siteIds: [SANDBOX_SITE] },
  { expiresAt: START + DAY },
  { expiresAt: START + 2 * DAY },
  { allowedIps: [ADDRESS] },
  { allowedIps: ["10.1.0.0/16"] },
  { allowedIps: ["10.0.0.0/8", "2001:db8::/32"] },
  {
    scopes: ["api-keys:*", "posts:read"],
    siteIds: [SITES[0]],
    rateLimitTier: "pro",
    monthlyCap: 1_000_000,
    expiresAt: START + DAY,
  },
];

/** A representative set of powers; every one is tried as the caller's and as the wanted ones. */
export const COMBINATIONS: readonly Powers[] = CHANGES.map((change) => ({ ...ALL, ...change }));

/** The powers as a request body of the key routes. */
export const bodyOf = (powers: Powers): Record<string, unknown> => ({
  scopes: powers.scopes,
  rights: powers.rights,
  site_ids: powers.siteIds,
  account_access: powers.accountAccess,
  access_type: powers.accessType,
  attributes: powers.attributes,
  channels: powers.channels,
  rate_limit_tier: powers.rateLimitTier,
  monthly_cap: powers.monthlyCap,
  allowed_ips: powers.allowedIps,
  expires_at: powers.expiresAt === null ? null : new Date(powers.expiresAt).toISOString(),
});

interface Point {
  name: string;
  allows(powers: Powers): boolean;
}

const QUERIES = [
  "",
  "table=s_orders",
  "table=s_products",
  "table=s_orders&status=paid",
  "table=s_products&status=paid",
];

/** Every call there can be: route × method × query × site, decided by what decides real calls. */
function callPoints(): Point[] {
  const item = (["get", "post", "patch", "delete"] as const).map((method) => ({
    template: ITEM,
    endpoint: { method, scope: null } as Endpoint,
  }));
  return [...allRoutes().filter(({ endpoint }) => endpoint.scope !== "public"), ...item].flatMap((route) => {
    const hasSite = route.template.includes("{siteId}");
    const queries = route.template === ITEM ? QUERIES : [""];
    return (hasSite ? SITES : [null]).flatMap((site) =>
      queries.map((query) => {
        const path = route.template.replace("{siteId}", site ?? "").replace(/\{\w+\}/g, "1");
        const method = route.endpoint.method.toUpperCase();
        return {
          name: `${method} ${path}?${query}`,
          allows: (powers: Powers) => {
            if (site !== null && powers.siteIds !== null && !powers.siteIds.includes(site)) return false;
            const policy = { ...powers, workspace: { tier: WORKSPACE_TIER } } as KeyPolicy;
            const request = { method, route: route.template, path, query: new URLSearchParams(query) };
            try {
              authorise(callerOf(policy), route.endpoint, () => request);
              return true;
            } catch {
              return false;
            }
          },
        };
      }),
    );
  });
}

const listed = (list: readonly string[] | null, name: string): boolean =>
  list === null || list.length === 0 || list.includes(name);
const limited = (powers: Powers, list: readonly string[] | null, name: string): boolean =>
  powers.accessType !== "integrations" || listed(list, name);

/** Everything else a key may have more or less of. */
function otherPoints(): Point[] {
  const point = (name: string, allows: (powers: Powers) => boolean): Point => ({ name, allows });
  return [
    ...SITES.map((site) => point(site, ({ siteIds }) => siteIds === null || siteIds.includes(site))),
    point("other workspaces of the account", ({ accountAccess }) => accountAccess),
    point("every site to come", ({ siteIds }) => siteIds === null),
    point("live data", ({ environment }) => environment === "live"),
    point("transactional messages", ({ accessType }) => accessType === "transactional"),
    ...["name", "email", "phone"].map((name) => point(`attribute ${name}`, (it) => limited(it, it.attributes, name))),
    ...["web_push", "email", "sms"].map((name) => point(`channel ${name}`, (it) => limited(it, it.channels, name))),
    ...TIERS.map((tier, rank) =>
      point(`tier ${tier}`, (it) => TIERS.indexOf(it.rateLimitTier ?? WORKSPACE_TIER) >= rank),
    ),
    ...[1, 1_000_000, 1_000_001, 2_000_000, 2_000_001].map((calls) =>
      point(`${calls} calls a month`, (it) => it.monthlyCap === null || it.monthlyCap >= calls),
    ),
    ...[1, 2, 3, 10_000].map((days) =>
      point(`call ${days} days from now`, (it) => it.expiresAt === null || it.expiresAt >= START + days * DAY),
    ),
    ...[ADDRESS, "10.1.200.1", "10.200.0.1", "192.0.2.1", "2001:db8::1", "2001:db9::1"].map((address) =>
      point(`call from ${address}`, (it) => ipAllowed(it.allowedIps, address)),
    ),
  ];
}

/** The reference: every single thing powers allow, by brute force over the concrete space. */
export class Oracle {
  private readonly points = [...callPoints(), ...otherPoints()];
  private readonly known = new Map<string, boolean[]>();

  private allowed(powers: Powers): boolean[] {
    const key = JSON.stringify(powers);
    const known = this.known.get(key);
    if (known) return known;
    const fresh = this.points.map((point) => point.allows(powers));
    this.known.set(key, fresh);
    return fresh;
  }

  /** What `wanted` allows that `own` does not. */
  beyond(own: Powers, wanted: Powers): string[] {
    const has = this.allowed(own);
    return this.allowed(wanted).flatMap((allows, index) =>
      allows && !has[index] ? [this.points[index]?.name ?? ""] : [],
    );
  }
}
