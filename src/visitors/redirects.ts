import { and, eq } from "drizzle-orm";
import { keyOf, pathKey } from "../content/redirects/path.ts";
import { redirects } from "../content/redirects/table.ts";
import { databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { addressWithin } from "../rendering/page/preview.ts";
import { addressBelow } from "../rendering/text/links.ts";
import { type PublicSite, whereItIsPublished } from "./site.ts";

async function find(env: Env, siteId: string, from: string) {
  const [found] = await databaseOf(env, 0)
    .select({ to: redirects.to, status: redirects.status })
    .from(redirects)
    .where(and(eq(redirects.siteId, siteId), eq(redirects.from, from)));
  return found ?? null;
}

/** The path below the site that an address leads to; `null` where it leads elsewhere. */
function pathBelow({ base, site }: PublicSite, { hostname, origin, pathname }: URL, asked: URL): string | null {
  if (hostname === site.domain) return pathKey(pathname);
  return origin === asked.origin && pathname.startsWith(`${base}/`) ? pathKey(pathname.slice(base.length)) : null;
}

/** A path with the steps in it (`.`, `..`) taken, so that none leads out of the site, or past a slash to another host. */
function plainPath(address: string, { origin }: URL): string {
  const { pathname, search, hash } = new URL(address, origin);
  return pathname.replace(/^\/{2,}/, "/") + search + hash;
}

/**
 * Where a path at which nothing is published leads by the site's redirects, which hold as soon as they are made: one row
 * read. Of an address that may be the site's own in another writing (its domain since, its place on our hosts), another one:
 * no two lead to each other.
 */
export async function redirectAt(
  env: Env,
  site: PublicSite,
  { path, url }: { path: string; url: string },
): Promise<{ status: number; headers: { Location: string } } | null> {
  const found = await find(env, site.siteId, keyOf(path));
  if (!found) return null;
  const asked = new URL(url);
  const isPath = found.to.startsWith("/");
  const to = isPath ? plainPath(found.to, asked) : found.to;
  const address = addressBelow(site.base, to);
  const target = new URL(address, asked.origin);
  // What is a path of the site as it is written leads to no other: nobody could make such a redirect.
  const isOwn = isPath && (site.base === "" || address !== to);
  const below = isOwn ? null : pathBelow(whereItIsPublished(site), target, asked);
  if (below !== null && (await find(env, site.siteId, below))) return null;
  if (target.search === "") target.search = asked.search;
  const { pathname, search, hash } = target;
  const location = isPath ? pathname + search + hash : target.href;
  const Location = site.draft ? addressWithin(site.draft.note, site.base, location) : location;
  return { status: found.status, headers: { Location } };
}
