import { env } from "cloudflare:workers";
import { loadPolicy } from "../../../src/core/access/key-rows.ts";
import type { AccessType, KeyPolicy } from "../../../src/core/keys/policy.ts";
import type { Right, RightMethod } from "../../../src/core/keys/rights.ts";
import { SCOPES } from "../../../src/core/keys/scopes.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { rotateKey } from "../../../src/platform/api-keys/service/rotate.ts";
import type { Workspace } from "../../support/fixtures.ts";
import type { Random } from "./random.ts";
import { keyedRoutes } from "./routes.ts";

/** What becomes of a key between being made and being used. */
const FATES = ["inactive", "expires", "in grace", "ended"] as const;
type Fate = "works" | (typeof FATES)[number];

export interface RandomKey {
  id: number;
  headers: Record<string, string>;
  policy: KeyPolicy;
  /** An address it may call from, or sometimes may not. */
  address(): string;
}

const HOUR = 3_600_000;

const ENTRIES = [...SCOPES, "pages:*", "*:read", "*:write", "read", "write", "ai", "publish"];

const anyAddress = (random: Random): string =>
  `${10 + random.below(200)}.${random.below(256)}.${random.below(256)}.${random.below(256)}`;

function randomRights(random: Random): Right[] {
  const methods = (): RightMethod[] => random.some(["GET", "POST", "PATCH", "DELETE"]);
  const rows = random.some(keyedRoutes()).map(({ template }): Right => ({ endpoint: template, methods: methods() }));
  const table = random.pick(["pages", "s_orders", "blog_articles"]);
  return [
    ...rows,
    { endpoint: "/api/backend/item", methods: ["GET"], query: { table } },
    ...(random.chance(0.2) ? [{ endpoint: "*", methods: methods() }] : []),
  ];
}

/** Scopes, rights, or both: most keys have much, so that what else bounds them decides. */
function randomScopes(random: Random): { scopes: string[] | null; rights: Right[] | null } {
  const scopes = random.chance(0.5) ? ["*"] : random.some(ENTRIES);
  if (random.chance(0.6)) return { scopes, rights: null };
  return { scopes: random.chance(0.5) ? null : scopes, rights: randomRights(random) };
}

/** The nth key, of random powers, address, tier, environment and fate, the first few one of each; `sites` are the workspace's by environment. */
export async function makeRandomKey(
  workspace: Workspace,
  random: Random,
  { sites, nth }: { sites: Record<"live" | "sandbox", string[]>; nth: number },
): Promise<RandomKey> {
  const environment = random.chance(0.2) ? "sandbox" : "live";
  const siteIds = random.chance(0.4) ? random.some(sites[environment]) : null;
  const blocks = random.chance(0.25) ? ["10.1.0.0/16", "2001:db8::/32"] : null;
  const fate: Fate = FATES[nth] ?? (random.chance(0.75) ? "works" : random.pick([...FATES]));
  const { id, headers } = await workspace.key({
    ...randomScopes(random),
    ...{ environment, siteIds, allowedIps: blocks },
    accountAccess: siteIds === null && random.chance(0.3),
    accessType: random.pick<AccessType>(["admin", "admin", "integrations", "transactional"]),
    attributes: random.chance(0.2) ? ["name"] : null,
    channels: random.chance(0.2) ? ["email"] : null,
    rateLimitTier: random.chance(0.1) ? "trial" : null,
    isActive: fate !== "inactive",
    expiresAt: fate === "expires" ? workspace.context().now + HOUR : null,
  });
  if (fate === "in grace" || fate === "ended") {
    const ctx = workspace.context();
    await rotateKey({ ctx, input: { keyId: id, gracePeriodHours: fate === "ended" ? 0 : 168 } });
    await ctx.unit.commit();
  }
  return {
    ...{ id, headers },
    policy: (await loadPolicy(databaseOf(env, workspace.id), id)) as KeyPolicy,
    address: () =>
      blocks && random.chance(0.8) ? `10.1.${random.below(256)}.${random.below(256)}` : anyAddress(random),
  };
}
