import { DomainError } from "../../../core/errors.ts";
import { paramsOf, routesAt } from "../../../core/http/registry.ts";
import type { Environment } from "../../../core/keys/key-format.ts";
import type { Right } from "../../../core/keys/rights.ts";
import type { KeyRow } from "../../../core/tenancy/api-keys/table.ts";
import { SITE_NAMES, siteIdsByName } from "../../../core/tenancy/sites/named.ts";
import type { Ctx } from "../../../core/work/context.ts";

/** What a caller sets of a key that names sites. */
interface NamedSites {
  environment?: Environment;
  siteIds?: string[] | null;
  rights?: Right[] | null;
}

type Named = [field: string, site: string];

/** The site a path names, where it leads to an operation of one site, or to one as an MCP resource. */
function siteInPath(endpoint: string): string | undefined {
  const [route] = endpoint === "*" || endpoint.includes("{") ? [] : routesAt(endpoint);
  const { siteId, uri } = route ? paramsOf(route, endpoint) : {};
  return siteId ?? /^sites\/([^/]+)/.exec(uri ?? "")?.[1];
}

function sitesIn(right: Right, index: number): Named[] {
  const inPath = siteInPath(right.endpoint);
  const inQuery = SITE_NAMES.flatMap((name): Named[] => {
    const site = right.query?.[name];
    return site === undefined ? [] : [[`rights.${index}.query.${name}`, site]];
  });
  return [...(inPath === undefined ? [] : [[`rights.${index}.endpoint`, inPath] as Named]), ...inQuery];
}

/**
 * Refuses sites that are not the workspace's, and in rights those the key could not use: they can never match. `before`
 * is the key that is changed; a new one is limited as its maker is, where nothing else is said.
 */
export async function requireOwnSites(
  ctx: Ctx,
  { siteIds, rights, ...named }: NamedSites,
  before: Pick<KeyRow, "environment" | "siteIds"> | null = null,
): Promise<void> {
  const environment = before?.environment ?? named.environment ?? ctx.caller.environment;
  const limitedTo = siteIds !== undefined ? siteIds : (before ?? ctx.caller).siteIds;
  const listed = (siteIds ?? []).map((site, index): Named => [`site_ids.${index}`, site]);
  const inRights = (rights ?? []).flatMap(sitesIn);
  const names = [...new Set([...listed, ...inRights].map(([, site]) => site))];
  const owner = { db: ctx.db, caller: { workspaceId: ctx.caller.workspaceId, environment } };
  const ids = await siteIdsByName(owner, names);
  const isUsable = (id: string | undefined) => id !== undefined && (limitedTo === null || limitedTo.includes(id));
  const wrong: [string, string[]][] = [
    ...listed
      .filter(([, site]) => ids.get(site) !== site)
      .map(([field]): [string, string[]] => [field, [`is no ${environment} site of this workspace`]]),
    ...inRights
      .filter(([, site]) => !isUsable(ids.get(site)))
      .map(([field]): [string, string[]] => [field, ["names no site that the key can use"]]),
  ];
  const [first] = wrong;
  if (!first) return;
  throw new DomainError("validation_failed", `${first[0]}: ${first[1][0]}`, { fields: Object.fromEntries(wrong) });
}
