import type { DeviceClass } from "./tracked-event.ts";

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

/** Families by what tells them apart: most of them call themselves Chrome and Safari as well, so the order matters. */
const BROWSERS: readonly [RegExp, string][] = [
  [/edg(?:e|a|ios)?\//i, "edge"],
  [/opr\/|opera/i, "opera"],
  [/samsungbrowser/i, "samsung"],
  [/firefox|fxios/i, "firefox"],
  [/chrome|crios|chromium/i, "chrome"],
  [/safari/i, "safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iphone|ipad|ipod/i, "ios"],
  [/android/i, "android"],
  [/windows/i, "windows"],
  [/macintosh|mac os x/i, "macos"],
  [/cros/i, "chromeos"],
  [/linux|x11/i, "linux"],
];

const firstOf = (all: readonly [RegExp, string][], userAgent: string): string =>
  all.find(([sign]) => sign.test(userAgent))?.[1] ?? "other";

/** The family of a browser, in one word. */
export const browserOf = (userAgent: string): string => firstOf(BROWSERS, userAgent);

/** The family of an operating system, in one word. */
export const systemOf = (userAgent: string): string => firstOf(SYSTEMS, userAgent);
