import type { DeviceClass } from "./table.ts";

const BOT = /bot\b|crawl|spider|slurp|headless|lighthouse|curl\/|wget\/|python-|facebookexternalhit|monitor/i;
const TABLET = /ipad|tablet|kindle|silk\/|playbook|android(?!.*mobile)/i;
const MOBILE = /mobi|iphone|ipod|android|windows phone|opera mini/i;
const DESKTOP = /windows nt|macintosh|x11|linux|cros/i;

/** What a user agent says it runs on; rough, because all that is kept of it is this one word. */
export function deviceOf(userAgent: string): DeviceClass {
  if (BOT.test(userAgent)) return "bot";
  if (TABLET.test(userAgent)) return "tablet";
  if (MOBILE.test(userAgent)) return "mobile";
  return DESKTOP.test(userAgent) ? "desktop" : "unknown";
}
