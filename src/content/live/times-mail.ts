import { zoneOf } from "../../core/zoned.ts";
import { momentsIn } from "../../rendering/booking/moments.ts";
import { contactOf } from "../../rendering/page/footer.ts";
import type { SiteRow } from "../resource/declaration.ts";
import { businessOf } from "../sites/business.ts";

/** From when until when, as the website's pages say it, with the zone whose clock it is by. */
export function spanOf({ startAt, endAt }: { startAt: number; endAt: number }, locale: string, site: SiteRow): string {
  const zone = zoneOf(site.settings);
  return `${momentsIn(locale, zone).span(startAt, endAt)} (${zone})`;
}

/** A moment by the same clock; nothing for none. */
export const momentOf = (at: number | null, locale: string, site: SiteRow): string =>
  at === null ? "" : momentsIn(locale, zoneOf(site.settings)).moment(at);

/** Who a mail is from: the business, where it is and how it is reached, as far as the settings say. */
export function signatureOf(site: SiteRow): string {
  const business = businessOf(site.settings);
  const { address, phone, email } = contactOf(site.settings, business);
  return [business?.name ?? site.name, address, phone, email].filter((it) => it !== null).join("\n");
}
