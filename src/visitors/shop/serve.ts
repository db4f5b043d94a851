import type { Exchange } from "../../core/http/exchange.ts";
import type { IpLimitName } from "../../core/limits/ip-limits.ts";
import type { Env } from "../../env.ts";
import { parsePath } from "../address.ts";
import type { PublicSite } from "../site.ts";
import { SHOP_SLUG } from "../trail.ts";
import { answerShop } from "./answer.ts";
import type { ShopPage } from "./page.ts";
import { SHOP_PAGES } from "./pages.ts";

interface Match {
  page: ShopPage;
  name: string;
}

/** What is below `shop` in a path below a language; `null` for every other path. */
const belowShop = (slug: string): string | null =>
  slug === SHOP_SLUG ? "" : slug.startsWith(`${SHOP_SLUG}/`) ? slug.slice(SHOP_SLUG.length + 1) : null;

/** The page of a path below a language. */
function pageAt(slug: string): Match | null {
  const below = belowShop(slug);
  if (below === null) return null;
  const at = below.lastIndexOf("/");
  const [path, name] = at < 0 ? [below, ""] : [`${below.slice(0, at)}/*`, below.slice(at + 1)];
  const page = Object.hasOwn(SHOP_PAGES, path) ? SHOP_PAGES[path] : undefined;
  return page && (at < 0 || name !== "") ? { page, name } : null;
}

/** The page of a path below a site whose languages are not known yet: whatever comes before `shop` may be one. */
function possibly(path: string): Match | null {
  const [, ...rest] = path.split("/");
  const slug = (it: string) => it.replace(/\/$/, "");
  return pageAt(slug(path)) ?? pageAt(slug(rest.join("/")));
}

/** Whether a path below a site is one that forms are sent to. */
export const takesForms = (path: string): boolean => possibly(path)?.page.post !== undefined;

/** The bucket of the visitor's address that a form sent to a path is counted in. */
export const bucketOf = (path: string): IpLimitName => (possibly(path)?.page.isCheckout ? "checkout" : "frontend");

/** What a visitor gets at a path of the shop; `null` where there is nothing. `form` is how he wants to read it. */
export async function serveShop(
  env: Env,
  request: Request,
  site: PublicSite,
  { locale, slug, form, isNamed }: { locale: string; slug: string; form: "html" | "md"; isNamed: boolean },
): Promise<Response | null> {
  const match = pageAt(slug);
  if (!match) return null;
  const found = await match.page.get({ env, request, site, locale, name: match.name });
  if (found === null || found instanceof Response) return found;
  return answerShop(env, request, site, { ...found, locale, form, isNamed });
}

/** What a visitor gets who sends a form to a path of the shop; `null` where none is taken. */
export async function receiveShop(exchange: Exchange, site: PublicSite, path: string): Promise<Response | null> {
  const { env, request } = exchange;
  const { locale, slug } = parsePath(site, path);
  const match = pageAt(slug);
  if (!match?.page.post) return null;
  const found = await match.page.post({ exchange, env, request, site, locale, name: match.name });
  if (found === null || found instanceof Response) return found;
  return answerShop(env, request, site, { ...found, locale, form: "html", isNamed: false });
}
