const SAFE_SCHEMES = new Set(["https:", "http:", "mailto:", "tel:"]);

/** Why an address is not a link's: it could run something or leads to another host unseen; or it depends on the page. */
export type Refusal = "unsafe_link" | "relative_link";

/**
 * An address as a link may have it: one of the site itself (`/…`, `#…`, `?…`), or of a scheme that runs nothing.
 * Control characters and backslashes are read differently by different programs, and `//host` hides where it leads.
 */
export function safeAddress(written: string): { href: string } | { refused: Refusal } {
  const address = written.trim();
  if (/[\p{C}\\]/u.test(address) || address.startsWith("//")) return { refused: "unsafe_link" };
  if (/^[/#?]/.test(address)) return { href: address.replace(/\s/gu, encodeURIComponent) };
  const url = URL.parse(address);
  if (url) return SAFE_SCHEMES.has(url.protocol) ? { href: url.href } : { refused: "unsafe_link" };
  // `https://` with nothing behind it, `javascript&colon;` and their like; `contact` and `../contact` are relative.
  return { refused: /^[\w./~%-]+(?:[?#]|$)/.test(address) ? "relative_link" : "unsafe_link" };
}

/** Where a page's pictures may come from, in the words of its policy (`img-src`): its own host, and any by https. */
export const PICTURE_SOURCES = ["'self'", "https:"] as const;

/** An address as a picture may have it: one that the policy of the page lets through; `null` for every other. */
export function pictureAddress(written: string): string | null {
  const address = safeAddress(written);
  if ("refused" in address) return null;
  const source = address.href.startsWith("/") ? "'self'" : URL.parse(address.href)?.protocol;
  return PICTURE_SOURCES.some((it) => it === source) ? address.href : null;
}
