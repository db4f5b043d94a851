import type { TrackedEvent } from "../../../analytics/tracked-event.ts";
import { deviceOf } from "../../../analytics/device.ts";
import { sendTracked } from "../../../analytics/send.ts";
import { isSampled, repeatableId, visitorOf } from "../../../analytics/visitor.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { invalid } from "../../../core/errors.ts";
import { periodKey } from "../../../core/limits/period.ts";
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
}

/** Hands an event to the queue. `tracked: true` means the queue has it; without the queue the answer is 503. */
export async function trackEvent({ ctx, input }: { ctx: Ctx; input: TrackInput }): Promise<Tracked> {
  if (input.optedOut) return { tracked: false, reason: "do_not_track" };
  const site = await siteOf(ctx, input);
  const config = pixelConfigOf(site);
  if (!site || !isWanted(config, input.event.event)) return { tracked: false, reason: "disabled" };
  const event = await describe(ctx, site.id, input, config.features.sessions);
  if (!isSampled(event.visitor, config.sample_rate)) return { tracked: false, reason: "not_sampled" };
  await sendTracked(ctx.env, event);
  return { tracked: true };
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
async function describe(ctx: Ctx, siteId: string, input: TrackInput, hasSessions: boolean): Promise<TrackedEvent> {
  const { event, idempotencyKey } = input;
  const userAgent = event.user_agent ?? input.userAgent;
  const visitor = await visitorOf(ctx.db, { siteId, ip: ctx.ip, userAgent, now: ctx.now });
  const url = new URL(event.url);
  return {
    id: idempotencyKey === null ? ctx.requestId : await repeatableId(visitor, idempotencyKey),
    siteId,
    day: periodKey("day", ctx.now),
    type: event.event,
    path: url.pathname.slice(0, MAX_PATH),
    referrerHost: referrerHost(event.referrer, url),
    device: deviceOf(userAgent),
    visitor,
    session: hasSessions ? (event.session_id ?? null) : null,
    properties: event.properties ?? null,
    createdAt: ctx.now,
  };
}

function referrerHost(referrer: string | null | undefined, page: URL): string | null {
  const url = URL.parse(referrer ?? "");
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === page.hostname) return null;
  return url.hostname.slice(0, 253);
}
