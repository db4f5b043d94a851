import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { previewWordsFor } from "./preview-words.ts";

/** What tells whoever looks at a preview that it is one. */
export interface PreviewNote {
  /** When it ends, in milliseconds since the epoch. */
  expiresAt: number;
  /** Where its changes are listed; `null` where it is about one page. */
  overview: string | null;
  /** What the addresses of the published site begin with: a link to one of them stays in the preview. */
  homes: readonly string[];
}

/** The site's own stylesheet knows nothing of previews, so it stands in the page's head. A policy allows it by its hash. */
export const BANNER_STYLE =
  "body{padding-bottom:2.6rem}#preview{position:fixed;inset:auto 0 0;z-index:2147483647;margin:0;padding:.4rem 1rem;background:#111;color:#fff;font:14px/1.4 system-ui,sans-serif;text-align:center}#preview a{color:#fff;text-decoration:underline}";

/** The moment in the words of a language, where the site is; in UTC where it names no time zone there is. */
function momentIn(locale: string, timeZone: string | null, at: number): string {
  const shown = { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  const format = (zone: string) =>
    new Intl.DateTimeFormat(locale, { ...shown, timeZone: zone, timeZoneName: "short" }).format(at);
  try {
    return format(timeZone ?? "UTC");
  } catch {
    return format("UTC");
  }
}

/** What the head of a preview has for its banner. */
export const bannerStyle = (): Html => html`<style>${raw(BANNER_STYLE)}</style>`;

/** The banner of a preview, in the language of its page. */
export function bannerOf({ expiresAt, overview }: PreviewNote, locale: string, timeZone: string | null): Html {
  const { preview, until, changes } = previewWordsFor(locale);
  const end = html`<time datetime="${new Date(expiresAt).toISOString()}">${momentIn(locale, timeZone, expiresAt)}</time>`;
  const list = overview === null ? nothing : html` · <a href="${overview}">${changes}</a>`;
  return html`<aside id="preview">${preview} · ${until} ${end}${list}</aside>`;
}

const isOn = (home: string, href: string): boolean => {
  const rest = href.slice(home.length);
  return href.toLowerCase().startsWith(home) && /^(?:$|[?#]|\/(?!media\/))/.test(rest);
};

/** An address as a preview that begins at `base` leads to it: one of the published site is of its preview instead. */
export function addressWithin({ homes }: PreviewNote, base: string, href: string): string {
  const home = homes.find((it) => isOn(it, href));
  if (home === undefined) return href;
  const rest = href.slice(home.length);
  return `${base}${rest.startsWith("/") ? "" : "/"}${rest}`;
}

/** Links of HTML of ours that lead to the published site lead to its preview instead, which begins at `base`. */
export const linksWithin = (note: PreviewNote, base: string, text: string): string =>
  text.replace(
    /(<a [^>]*?href=")([^"]*)/g,
    (_, start: string, href: string) => start + addressWithin(note, base, href),
  );
