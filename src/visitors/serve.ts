import { html } from "hono/html";
import { BLOG } from "../content/deployments/documents.ts";
import type { Env } from "../env.ts";
import { absoluteOf, addressOf, parsePath, START_SLUG } from "./address.ts";
import { assetsOf } from "./assets.ts";
import { renderBlog } from "./blog.ts";
import { contentOf, etagOf, renderedOf } from "./content.ts";
import { serveFile } from "./files.ts";
import { findDestination } from "./find.ts";
import { frameOf } from "./frame.ts";
import { frameAround } from "../rendering/page/page.ts";
import { wordsFor } from "../rendering/page/words.ts";
import { answer } from "./respond.ts";
import { type PublicSite, shownIn } from "./site.ts";

/** What a path below a site asks for. */
interface Question {
  locale: string;
  slug: string;
  origin: string;
  /** Of the list of articles. */
  page: number;
}

/** What there is: a document, the address it has moved to, or `null` for nothing, now or ever. */
type Shown = { body: string } | { location: string } | { isGone: true } | null;

/** What a visitor of a site gets at a path below it. */
export async function serveSite(env: Env, request: Request, site: PublicSite, path: string): Promise<Response> {
  const file = await serveFile(env, request, site, path);
  if (file) return file;
  const { origin, search, searchParams } = new URL(request.url);
  const { locale, slug } = parsePath(site, path);
  const wanted = slug === BLOG ? Number(searchParams.get("page") ?? 1) : 1;
  const page = Number.isInteger(wanted) && wanted > 0 && wanted < 1e6 ? wanted : 1;
  const question = { locale, slug, origin, page };
  const shown = await contentOf(site, [origin, site.base, locale, slug, page], () => show(env, site, question));
  if (shown === null) return errorPage(env, request, site, locale, 404);
  if ("isGone" in shown) return errorPage(env, request, site, locale, 410);
  if ("body" in shown)
    return answer(request, { type: "html", body: shown.body, etag: etagOf(site, await assetsOf(site)) });
  return answer(request, { type: "txt", body: "", status: 301, headers: { Location: shown.location + search } });
}

async function show(env: Env, site: PublicSite, { locale, slug, origin, page }: Question): Promise<Shown> {
  const db = shownIn(env, site);
  const found = await findDestination(db, site, locale, slug);
  if (found.kind === "moved") return { location: addressOf(site, found.document) };
  if (found.kind === "found") {
    const [frame, rendered] = await Promise.all([
      frameOf(db, site, { locale: found.document.locale, origin, page: found.document }),
      renderedOf(env, site, found.document),
    ]);
    if (!rendered) return null;
    return { body: frameAround(frame, { ...rendered, image: absoluteOf(site, origin, rendered.image) }) };
  }
  const blog = slug === BLOG ? await renderBlog(db, site, { locale, page }) : null;
  if (blog) {
    const frame = await frameOf(db, site, { locale, origin, page: null, isBlog: true });
    // Of the list, its beginning is what search engines are to know.
    return { body: frameAround(page === 1 ? frame : { ...frame, canonical: null }, blog) };
  }
  return found.kind === "gone" ? { isGone: true } : null;
}

async function errorPage(
  env: Env,
  request: Request,
  site: PublicSite,
  locale: string,
  status: 404 | 410,
): Promise<Response> {
  const words = wordsFor(locale);
  // Where the visitor's language begins, under the site's own base.
  const home = addressOf(site, { locale, slug: START_SLUG, parentId: null });
  const [title, text] = status === 404 ? words.missing : words.gone;
  const frame = await frameOf(shownIn(env, site), site, { locale, origin: new URL(request.url).origin, page: null });
  const main = String(
    html`<h1>${title}</h1><p class="lead">${text}</p><p class="action"><a class="button" href="${home}">${words.home}</a></p>`,
  );
  const body = frameAround(frame, { title, description: null, image: null, isHidden: true, type: "website", main });
  return answer(request, { type: "html", body, status });
}
