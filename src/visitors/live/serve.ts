import type { Exchange } from "../../core/http/exchange.ts";
import type { IpLimitName } from "../../core/limits/ip-limits.ts";
import type { Env } from "../../env.ts";
import { parsePath } from "../address.ts";
import type { PublicSite } from "../site.ts";
import { answerPlaced } from "./answer.ts";
import { pageAt, possiblePage } from "./find.ts";
import { isThere } from "./there.ts";

/** Whether a path below a site is one that forms are sent to. */
export const takesForms = (path: string): boolean => possiblePage(path)?.page.post !== undefined;

/** The bucket of the visitor's address that a form sent to a path is counted in. */
export const bucketOf = (path: string): IpLimitName => possiblePage(path)?.page.bucket ?? "frontend";

/** What a visitor gets at a path of a section; `null` where there is nothing. `form` is how he wants to read it. */
export async function serveLive(
  env: Env,
  request: Request,
  site: PublicSite,
  { locale, slug, form, isNamed }: { locale: string; slug: string; form: "html" | "md"; isNamed: boolean },
): Promise<Response | null> {
  const match = pageAt(slug);
  if (!match) return null;
  const found = await match.page.get({ env, request, site, locale, name: match.name });
  if (found === null || found instanceof Response) return found;
  return answerPlaced(env, request, site, { ...found, locale, form, isNamed });
}

/** What a visitor gets who sends a form to a path of a section; `null` where none is taken. */
export async function receiveForm(exchange: Exchange, site: PublicSite, path: string): Promise<Response | null> {
  const { env, request } = exchange;
  const { locale, slug } = parsePath(site, path);
  const match = pageAt(slug);
  if (!match?.page.post) return null;
  const found = await match.page.post({
    ...{ exchange, env, request, site, locale, name: match.name },
    isThere: (below) => isThere(env, site, { path: below, url: request.url }),
  });
  if (found === null || found instanceof Response) return found;
  return answerPlaced(env, request, site, { ...found, locale, form: "html", isNamed: false });
}
