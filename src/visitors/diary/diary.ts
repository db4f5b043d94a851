import { findSite, type SiteRow } from "../../content/sites/service.ts";
import { businessOf } from "../../content/sites/business.ts";
import type { Ctx } from "../../core/work/context.ts";
import { type Zoned, zoned, zoneOf } from "../../core/zoned.ts";
import { contactOf } from "../../rendering/page/footer.ts";
import { contextOf } from "../live/visitor.ts";
import type { LiveVisit } from "../live/page.ts";
import type { Exchange } from "../../core/http/exchange.ts";

/** What a visit of pages about times needs: the site as it is now, its clock, and which day it is there. */
export interface Diary {
  ctx: Ctx;
  site: SiteRow;
  zone: string;
  clock: Zoned;
  today: string;
}

/** Opens the diary of the site that is visited. */
export async function diaryOf(visit: LiveVisit & { exchange?: Exchange }): Promise<Diary> {
  const ctx = contextOf(visit);
  const [site, clock] = await Promise.all([findSite(ctx, visit.site.siteId), zoned()]);
  const zone = zoneOf(site.settings);
  return { ctx, site, zone, clock, today: clock.localOf(zone, ctx.now).date };
}

/** Where to come to, on the lines of a letter. */
export function placeOf({ site: { settings } }: Diary): string[] {
  const { address } = contactOf(settings, businessOf(settings));
  return address === null ? [] : address.split(/\r?\n/);
}
