import { sha256 } from "../../core/sha256.ts";
import type { Env } from "../../env.ts";
import { frameAround } from "../../rendering/page/page.ts";
import { absoluteOf } from "../address.ts";
import { frameOf } from "../frame.ts";
import { markdownDocument } from "../markdown.ts";
import { answer } from "../respond.ts";
import { type PublicSite, shownIn } from "../site.ts";
import type { ShopDocument } from "./page.ts";

/** How a page of the shop is to be read. */
interface Asked {
  locale: string;
  form: "html" | "md";
  /** At an address of its own, which ends in `.md`. */
  isNamed: boolean;
}

/** Names what is there now: prices and stock change without a publish. */
const etagOf = async (body: string): Promise<string> => `"${(await sha256(body)).slice(0, 32)}"`;

/** A page of the shop as it is now, with the frame around it or as Markdown. What is shown to one visitor is kept by nobody. */
export async function answerShop(
  env: Env,
  request: Request,
  site: PublicSite,
  { rendered, place, status = 200, headers = {}, locale, form, isNamed }: ShopDocument & Asked,
): Promise<Response> {
  const { origin } = new URL(request.url);
  const framed = { locale, origin, page: null, shop: place };
  if (form === "md" && !place.isPrivate) {
    const page = { locale, slug: place.slug, parentId: null };
    const body = await markdownDocument(site, rendered, { page, origin });
    const vary: Record<string, string> = isNamed ? {} : { Vary: "Accept" };
    return answer(request, { type: "md", body, status, etag: await etagOf(body), headers: { ...vary, ...headers } });
  }
  const frame = await frameOf(shownIn(env, site), site, framed);
  const body = frameAround(frame, { ...rendered, image: absoluteOf(site, origin, rendered.image) });
  if (place.isPrivate) return answer(request, { type: "html", body, status, headers });
  return answer(request, {
    type: "html",
    body,
    status,
    etag: await etagOf(body),
    headers: { Vary: "Accept", ...headers },
  });
}
