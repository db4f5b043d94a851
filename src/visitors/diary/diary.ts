import { findSite, type SiteRow } from "../../content/sites/service.ts";
import { businessOf } from "../../content/sites/business.ts";
import type { Ctx } from "../../core/work/context.ts";
import { type Zoned, zoned, zoneOf } from "../../core/zoned.ts";
import type { Html } from "../../rendering/blocks/kit.ts";
import { contactWays } from "../../rendering/booking/contact.ts";
import { contactOf } from "../../rendering/page/footer.ts";
import type { Filled } from "../live/filling.ts";
import type { LiveVisit } from "../live/page.ts";
import { contextOf, readerOf } from "../live/visitor.ts";
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
  return opened(contextOf(visit), visit.site.siteId);
}

/** Opens it for a page that shows what is in it among other things. */
export const openDiary = ({ env, site, origin }: Pick<Filled, "env" | "site" | "origin">): Promise<Diary> =>
  opened(readerOf(env, site, origin), site.siteId);

async function opened(ctx: Ctx, siteId: string): Promise<Diary> {
  const [site, clock] = await Promise.all([findSite(ctx, siteId), zoned()]);
  const zone = zoneOf(site.settings);
  return { ctx, site, zone, clock, today: clock.localOf(zone, ctx.now).date };
}

/** Where to come to, on the lines of a letter. */
export function placeOf({ site: { settings } }: Diary): string[] {
  const { address } = contactOf(settings, businessOf(settings));
  return address === null ? [] : address.split(/\r?\n/);
}

/** How the business is reached, behind a sentence that says to. */
export const contactIn = ({ site: { settings } }: Diary): Html =>
  contactWays(contactOf(settings, businessOf(settings)));
