import { idFrom } from "../ids.ts";

/** A picture that a text shows, as it is to be fetched. */
export interface Shown {
  id: string;
  url: string;
  alt: string;
}

// Every pattern here gives up where the next tag begins: a text of nothing but beginnings is read once, not once for each.
const IMG = /<img\b[^<>]*>/gi;
const SRC = /(\ssrc\s*=\s*)(?:"([^"]*)"|'([^']*)')/i;
const ALT = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** WordPress keeps a picture in several sizes, each under a name of its own: the largest has the plain one. */
const SIZED = /(\/wp-content\/uploads\/[^?#]*)-\d{2,5}x\d{2,5}(\.[a-z]{3,4})$/i;

/** Longer addresses are none that anybody fetches. */
export const MAX_ADDRESS = 2_000;

/** The address of a picture at its full size, absolute; `null` for what cannot be fetched. */
export function fullSize(address: string, base: string): string | null {
  if (address.length > MAX_ADDRESS || base.length > MAX_ADDRESS) return null;
  const url = URL.parse(address.replaceAll("&amp;", "&").trim(), base || undefined);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.href.replace(SIZED, "$1$2");
}

/** The id of the picture at an address. */
export const pictureId = (url: string): Promise<string> => idFrom("med", url);

/** Where a picture is served once it is here; what stands behind the id is for people. */
export const mediaPath = (id: string, url: string): string =>
  `/media/${id}/${encodeURIComponent(decoded(url.split(/[?#]/)[0]?.split("/").at(-1) ?? "") || "picture")}`;

/** Percent-decoding that leaves alone what is not encoded properly. */
export function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A text whose pictures are shown from the website's own media, and which pictures those are. */
export async function withOwnPictures(html: string, base: string): Promise<{ html: string; pictures: Shown[] }> {
  const pictures = new Map<string, Shown>();
  for (const [tag] of html.matchAll(IMG)) {
    const [, , double, single] = SRC.exec(tag) ?? [];
    const url = fullSize(double ?? single ?? "", base);
    const [, alt, other] = ALT.exec(tag) ?? [];
    if (url !== null && !pictures.has(url)) {
      pictures.set(url, { id: await pictureId(url), url, alt: (alt ?? other ?? "").slice(0, 1_000) });
    }
  }
  const rewritten = html.replace(IMG, (tag) =>
    tag
      .replace(/\s(?:srcset|sizes)\s*=\s*(?:"[^"]*"|'[^']*')/gi, "")
      .replace(SRC, (whole, before: string, double?: string, single?: string) => {
        const shown = pictures.get(fullSize(double ?? single ?? "", base) ?? "");
        return shown ? `${before}"${mediaPath(shown.id, shown.url)}"` : whole;
      }),
  );
  return { html: rewritten, pictures: [...pictures.values()] };
}
