import { type Arrived, visitorContext } from "../../content/live/visitor.ts";
import { now } from "../../core/clock.ts";
import type { Exchange } from "../../core/http/exchange.ts";
import { newId } from "../../core/ids.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Env } from "../../env.ts";
import { addressOf } from "../address.ts";
import { answer } from "../respond.ts";
import type { PublicSite } from "../site.ts";
import type { LiveDocument, LiveVisit, Root } from "./page.ts";

/** The context of what a visitor does at a page: what a form brings about is audited under the request's own id. */
export function contextOf({ exchange, env, request, site }: LiveVisit & { exchange?: Exchange }): Ctx {
  const { origin } = new URL(request.url);
  return visitorContext({ ...(exchange ?? reading(env)), origin }, site);
}

/** The context of what is looked up for a visitor, of whom nothing is kept. */
export const readerOf = (env: Env, site: PublicSite, origin: string): Ctx =>
  visitorContext({ ...reading(env), origin }, site);

/** Of a page that is only read nothing is kept: it needs no name and no address. */
function reading(env: Env): Omit<Arrived, "origin"> {
  const at = now();
  return { env, now: at, requestId: newId("req", at), ip: "unknown" };
}

const slugBelow = ({ slug }: Root, below: string): string => (below === "" ? slug : `${slug}/${below}`);

/** The address of a page of a section in the visitor's language, as a path; `""` below it is the section itself. */
export const addressBelow = (root: Root, { site, locale }: Pick<LiveVisit, "site" | "locale">, below: string): string =>
  addressOf(site, { locale, slug: slugBelow(root, below), parentId: null });

/** A page that is for one visitor alone: no cache keeps it, no search engine lists it. */
export function privatePage(
  root: Root,
  below: string,
  { title, main, status = 200, headers = {} }: { title: string; main: string; status?: number; headers?: object },
): LiveDocument {
  const slug = slugBelow(root, below);
  return {
    place: { root, slug, steps: [{ title, slug }], isPrivate: true },
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
