import { isOwnHost } from "../../content/sites/own-hosts.ts";
import { publicSite, type VisitedSite } from "../../content/live/public.ts";
import { invalid, notFound } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Home } from "../../content/live/home.ts";

const missing = () => notFound("Published website");

/** The site whose domain was called; `null` under our own hosts. */
function siteOfHost(ctx: Ctx): Promise<VisitedSite | null> {
  const host = new URL(ctx.origin).hostname.toLowerCase();
  return isOwnHost(ctx.env, host) ? Promise.resolve(null) : publicSite(ctx.env, { domain: host });
}

/** The published site a visitor's call is about: the one it names by id or slug, or the one whose domain was called. */
export async function visitedSite(ctx: Ctx, named: string | undefined): Promise<VisitedSite> {
  const ofHost = await siteOfHost(ctx);
  if (named === undefined && ofHost) return ofHost;
  if (named === undefined) throw invalid("site", "is required: it is not the domain of a website that was called");
  const site = await publicSite(ctx.env, named.startsWith("site_") ? { id: named } : { slug: named });
  if (!site || (ofHost && ofHost.siteId !== site.siteId)) throw missing();
  return ofHost ?? site;
}

/** Where the pages of a site begin for whoever is told of one. */
export function homeOf({ origin }: Ctx, { base, site: { domain, locale, locales } }: VisitedSite): Home {
  return { address: domain ? `https://${domain}` : origin + base, locale, locales };
}
