import { sha256 } from "../../core/sha256.ts";
import type { Env } from "../../env.ts";
import type { Rendered } from "../../rendering/document.ts";
import type { Extra } from "../../rendering/page/extras.ts";
import { frameAround } from "../../rendering/page/page.ts";
import { absoluteOf, type Addressed, canonicalOf } from "../address.ts";
import { type Framed, frameOf } from "../frame.ts";
import { markdownDocument } from "../markdown.ts";
import { answer } from "../respond.ts";
import { type PublicSite, shownIn } from "../site.ts";
import { piecesIn } from "../shop/cart-count.ts";
import { SHOP_SLUG } from "../shop/root.ts";
import type { LiveDocument } from "./page.ts";

/** How a page is to be read. */
interface Asked {
  form: "html" | "md";
  /** At an address of its own, which ends in `.md`. */
  isNamed: boolean;
}

/** A page that says what there is now, whatever was published when. */
export interface LiveAnswer {
  rendered: Rendered;
  framed: Omit<Framed, "origin">;
  /** Where it lies, for what is written of it elsewhere. */
  page: Addressed;
  /** Shown to one visitor: kept by nobody. */
  isPrivate?: boolean | undefined;
  status?: number | undefined;
  headers?: Record<string, string> | undefined;
}

/** What pages load on which things can be bought. */
const OF_SHOP: readonly Extra[] = ["shop.css", "shop.js"];

/** Names what is there now: prices and stock change without a publish. */
const etagOf = async (body: string): Promise<string> => `"${(await sha256(body)).slice(0, 32)}"`;

/** A page as it is now, with the frame around it or as Markdown. */
export async function answerLive(
  env: Env,
  request: Request,
  site: PublicSite,
  { rendered, framed, page, isPrivate = false, status = 200, headers = {}, form, isNamed }: LiveAnswer & Asked,
): Promise<Response> {
  const { origin } = new URL(request.url);
  if (form === "md" && !isPrivate) {
    const body = await markdownDocument(site, rendered, { page, origin });
    const said = {
      ...(!isNamed && { Vary: "Accept" }),
      Link: `<${canonicalOf(site, page, origin)}>; rel="canonical"`,
      ...(rendered.isHidden && { "X-Robots-Tag": "noindex" }),
    };
    return answer(request, { type: "md", body, status, etag: await etagOf(body), headers: { ...said, ...headers } });
  }
  const isSelling = rendered.products !== undefined || framed.place?.root.slug === SHOP_SLUG;
  const inCart = isSelling ? piecesIn(request, site) : undefined;
  const frame = await frameOf(shownIn(env, site), site, { ...framed, origin, inCart });
  const extras = [...(rendered.extras ?? []), ...(isSelling ? OF_SHOP : [])];
  const body = frameAround(frame, { ...rendered, extras, image: absoluteOf(site, origin, rendered.image) });
  if (isPrivate) return answer(request, { type: "html", body, status, headers });
  const vary = { Vary: "Accept, Cookie" };
  return answer(request, { type: "html", body, status, etag: await etagOf(body), headers: { ...vary, ...headers } });
}

/** A page of a section as it is now. */
export const answerPlaced = (
  env: Env,
  request: Request,
  site: PublicSite,
  { rendered, place, status, headers, locale, ...asked }: LiveDocument & Asked & { locale: string },
): Promise<Response> =>
  answerLive(env, request, site, {
    ...{ rendered, status, headers, isPrivate: place.isPrivate },
    framed: { locale, page: null, place },
    page: { locale, slug: place.slug, parentId: null },
    ...asked,
  });
