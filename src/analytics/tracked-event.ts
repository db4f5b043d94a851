import type { Origin } from "./origin.ts";

export type DeviceClass = "desktop" | "mobile" | "tablet" | "bot" | "unknown";

/** What is kept of a visit besides its pages: where it came from, and roughly what it was made with. */
export interface About extends Origin {
  device: DeviceClass;
  browser: string;
  os: string;
  /** ISO 3166-1 alpha-2, or `unknown`. */
  country: string;
}

/** What is told of a visit, in the order in which it is stored. */
export const ABOUT = [
  ...["referrer", "source", "medium", "campaign", "term", "content"],
  ...["device", "browser", "os", "country"],
] as readonly (keyof About)[];

/**
 * An event as it is kept until its day is rolled up. Nothing in it names a person: no address, no user agent, of the query
 * string only the campaign, and `visitor` cannot be traced back or followed into the next day once the day's salt is gone.
 */
export interface TrackedEvent {
  /** One that comes again is the same event. */
  id: string;
  /** The day of the site's time zone, `2026-11-20`: whose visitor it is. */
  day: string;
  visitor: string;
  /** The page's own name for the visit; `null`: 30 idle minutes end one. */
  session: string | null;
  /** Milliseconds. */
  at: number;
  /** `pageview`, or the name of an event of the site's own. */
  type: string;
  page: string;
  about: About;
}
