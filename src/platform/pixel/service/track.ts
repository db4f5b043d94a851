import { browserOf, deviceOf, systemOf } from "../../../analytics/device.ts";
import { keepEvent } from "../../../analytics/object/client.ts";
import { originOf } from "../../../analytics/origin.ts";
import type { TrackedEvent } from "../../../analytics/tracked-event.ts";
import { isSampled, repeatableId, visitorOf } from "../../../analytics/visitor.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { invalid } from "../../../core/errors.ts";
import { zoned, zoneOf } from "../../../core/zoned.ts";
import type { PixelConfig, Track, Tracked } from "../contract.ts";
import { pixelConfigOf } from "../settings.ts";
import { findPixelSites, type PixelSite } from "./site.ts";

const MAX_PATH = 500;

export interface TrackInput {
  event: Track;
  userAgent: string;
  /** The visitor's browser asks not to be tracked (`DNT`, `Sec-GPC`). */
  optedOut: boolean;
  ownHost: string;
  idempotencyKey: string | null;
  /** Where the request came from, as Cloudflare says; `null` where nobody does. */
  country: string | null;
}

/** Keeps an event. `tracked: true` means that it is kept and counts; where it cannot be, the answer is 503. */
export async function trackEvent({ ctx, input }: { ctx: Ctx; input: TrackInput }): Promise<Tracked> {
  if (input.optedOut) return { tracked: false, reason: "do_not_track" };
  const site = await siteOf(ctx, input);
  const config = pixelConfigOf(site);
  if (!site || !isWanted(config, input.event.event)) return { tracked: false, reason: "disabled" };
  const event = await describe(ctx, site, input, config.features.sessions);
  if (event.about.device === "bot") return { tracked: false, reason: "bot" };
  if (!isSampled(event.visitor, config.sample_rate)) return { tracked: false, reason: "not_sampled" };
  const isKept = await keepEvent(ctx.env, site.id, event);
  return isKept ? { tracked: true } : { tracked: false, reason: "bot" };
}

const isWanted = ({ enabled, features }: PixelConfig, event: string): boolean =>
  enabled && (event === "pageview" ? features.pageviews : features.events);

/** The site that `site_id` names, or the one at the URL. An id that contradicts the URL is refused. */
async function siteOf(ctx: Ctx, { event, ownHost }: TrackInput): Promise<PixelSite | null> {
  const siteId = event.site_id;
  const { atPage, byId } = await findPixelSites(ctx, { page: new URL(event.url), ownHost, siteId });
  if (siteId === undefined) return atPage;
  if (!byId) throw invalid("site_id", "is not the id of a website");
  if (atPage && atPage.id !== byId.id && atPage.environment === byId.environment) {
    throw invalid("site_id", "is not the website at this URL");
  }
  return byId;
}

/** The event without anything that names the visitor. */
async function describe(ctx: Ctx, site: PixelSite, input: TrackInput, hasSessions: boolean): Promise<TrackedEvent> {
  const { event, idempotencyKey } = input;
  const userAgent = event.user_agent ?? input.userAgent;
  const { date: day } = (await zoned()).localOf(zoneOf(site.settings), ctx.now);
  const visitor = await visitorOf(ctx.db, { siteId: site.id, ip: ctx.ip, userAgent, day });
  const url = new URL(event.url);
  const repeatable = event.event_id ?? idempotencyKey;
  return {
    id: repeatable === null ? ctx.requestId : await repeatableId(visitor, repeatable),
    day,
    visitor,
    session: hasSessions ? (event.session_id ?? null) : null,
    at: ctx.now,
    type: event.event,
    page: url.pathname.slice(0, MAX_PATH),
    about: {
      ...originOf(url, event.referrer),
      device: deviceOf(userAgent),
      browser: browserOf(userAgent),
      os: systemOf(userAgent),
      country: /^[A-Z]{2}$/.test(input.country ?? "") ? (input.country as string) : "unknown",
    },
  };
}
