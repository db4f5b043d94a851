import { now } from "../../core/clock.ts";
import { newId } from "../../core/ids.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Exchange } from "../../core/http/exchange.ts";
import type { Env } from "../../env.ts";
import { type Arrived, visitorContext } from "../../content/shop/checkout/visitor.ts";
import { shopAddress } from "../frame.ts";
import { answer } from "../respond.ts";
import { SHOP_SLUG } from "../trail.ts";
import type { ShopDocument, ShopVisit } from "./page.ts";

/** The context of what a visitor does at a page of a shop: what a form brings about is audited under the request's own id. */
export function contextOf({ exchange, env, request, site }: ShopVisit & { exchange?: Exchange }): Ctx {
  const { origin } = new URL(request.url);
  return visitorContext({ ...(exchange ?? reading(env)), origin }, site);
}

/** Of a page that is only read nothing is kept: it needs no name and no address. */
function reading(env: Env): Omit<Arrived, "origin"> {
  const at = now();
  return { env, now: at, requestId: newId("req", at), ip: "unknown" };
}

/** The address of a page of the shop in the visitor's language, as a path: `cart`, `orders/…`; `""` is the shop itself. */
export const addressFor = ({ site, locale }: ShopVisit, below: string): string => shopAddress(site, locale, below);

/** A page that is for one visitor alone: no cache keeps it, no search engine lists it. */
export function privatePage(
  slug: string,
  { title, main, status = 200, headers = {} }: { title: string; main: string; status?: number; headers?: object },
): ShopDocument {
  return {
    place: { slug: `${SHOP_SLUG}/${slug}`, steps: [{ title, slug: `${SHOP_SLUG}/${slug}` }], isPrivate: true },
    rendered: { title, description: null, image: null, isHidden: true, type: "website", main },
    status,
    headers: { "X-Robots-Tag": "noindex", Vary: "Cookie", ...headers },
  };
}

/** Leads on from a form to a page, which is read anew (RFC 9110 §15.4.4). */
export const leadOn = (request: Request, location: string, cookie: string | null = null): Response =>
  answer(request, {
    type: "txt",
    body: "",
    status: 303,
    headers: { Location: location, ...(cookie && { "Set-Cookie": cookie }) },
  });
