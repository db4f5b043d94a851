import { html } from "hono/html";
import { BLOG } from "../content/deployments/documents.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { absoluteOf, addressOf, canonicalOf, parsePath, START_SLUG } from "./address.ts";
import { assetsOf } from "./assets.ts";
import { renderBlog } from "./blog.ts";
import { contentOf, etagOf, renderedOf } from "./content.ts";
import { serveFile } from "./files.ts";
import { type Found, findDestination } from "./find.ts";
import { frameOf } from "./frame.ts";
import { markdownAddress, pageOfMarkdown } from "../rendering/markdown/address.ts";
import type { Rendered } from "../rendering/document.ts";
import { isLive } from "../rendering/live-marker.ts";
import { type Frame, frameAround } from "../rendering/page/page.ts";
import { wordsFor } from "../rendering/page/words.ts";
import { markdownDocument, markdownEtag, prefersMarkdown } from "./markdown.ts";
import { redirectAt } from "./redirects.ts";
import { answer } from "./respond.ts";
import { answerLive } from "./live/answer.ts";
import { filled } from "./live/fill.ts";
import { isRoot } from "./live/find.ts";
import { serveLive } from "./live/serve.ts";
import { type PublicSite, shownIn } from "./site.ts";

/** What a path below a site asks for. */
interface Question {
  locale: string;
  slug: string;
  origin: string;
  /** Of the list of articles. */
  page: number;
  form: "html" | "md";
}

/**
 * What there is: a document in the form asked for, one that shows what is sold now, the path it has moved to, or `null` for
 * nothing, now or ever.
 */
type Shown = Document | { live: Rendered; page: Found } | { location: string } | { isGone: true } | null;

interface Document {
  body: string;
  /** Of Markdown, which can say neither within itself. */
  canonical?: string;
  isHidden?: boolean;
}

/** What a visitor of a site gets at a path below it. */
export async function serveSite(env: Env, request: Request, site: PublicSite, path: string): Promise<Response> {
  const file = await serveFile(env, request, site, path);
  if (file) return file;
  const { origin, search, searchParams } = new URL(request.url);
  const named = pageOfMarkdown(path);
  const { locale, slug } = parsePath(site, named ?? path);
  const wanted = slug === BLOG ? Number(searchParams.get("page") ?? 1) : 1;
  const page = Number.isInteger(wanted) && wanted > 0 && wanted < 1e6 ? wanted : 1;
  const form = named !== null || prefersMarkdown(request) ? "md" : "html";
  const question: Question = { locale, slug, origin, page, form };
  const liveNow = () => serveLive(env, request, site, { locale, slug, form, isNamed: named !== null });
  // A page of a section goes before documents; where a section begins, a document of its owner's goes first.
  const below = isRoot(slug) ? null : await liveNow();
  if (below) return below;
  const shown = await contentOf(site, [origin, site.base, locale, slug, page, form], () => show(env, site, question));
  if (shown !== null && "body" in shown)
    return documentAnswer(request, site, { ...shown, form, isNamed: named !== null });
  if (shown !== null && "live" in shown)
    return liveAnswer(env, request, site, { ...shown, form, isNamed: named !== null });
  const begun = isRoot(slug) ? await liveNow() : null;
  if (begun) return begun;
  // What its owner has said of a path comes before what earlier deployments remember of it.
  const redirect = await redirectAt(env, site, { path, url: request.url });
  if (redirect) return answer(request, { type: "txt", body: "", status: redirect.status, headers: redirect.headers });
  if (shown === null) return errorPage(env, request, site, locale, 404);
  if ("isGone" in shown) return errorPage(env, request, site, locale, 410);
  const location = named === null ? shown.location : markdownAddress(shown.location);
  return answer(request, { type: "txt", body: "", status: 301, headers: { Location: location + search } });
}

async function documentAnswer(
  request: Request,
  site: PublicSite,
  { body, form, canonical, isHidden, isNamed }: Document & { form: "html" | "md"; isNamed: boolean },
): Promise<Response> {
  const headers = {
    // At a page's own address it is the reader who decides.
    ...(!isNamed && { Vary: "Accept" }),
    ...(canonical && { Link: `<${canonical}>; rel="canonical"` }),
    ...(isHidden && { "X-Robots-Tag": "noindex" }),
  };
  const etag = form === "md" ? markdownEtag(site) : etagOf(site, await assetsOf(site));
  return answer(request, { type: form, body, etag, headers });
}

/** A document with the products its blocks ask for. */
async function liveAnswer(
  env: Env,
  request: Request,
  site: PublicSite,
  { live, page, form, isNamed }: { live: Rendered; page: Found; form: "html" | "md"; isNamed: boolean },
): Promise<Response> {
  const { locale } = page;
  const rendered = await filled(env, site, live, { locale, origin: new URL(request.url).origin });
  return answerLive(env, request, site, { rendered, framed: { locale, page }, page, form, isNamed });
}

async function show(env: Env, site: PublicSite, question: Question): Promise<Shown> {
  const { locale, slug, page } = question;
  const db = shownIn(env, site);
  const found = await findDestination(db, site, locale, slug);
  if (found.kind === "moved") return { location: addressOf(site, found.document) };
  if (found.kind === "found") {
    const { document } = found;
    const framing = frameFor(db, site, question, document);
    const [rendered, frame] = await Promise.all([renderedOf(env, site, document), framing]);
    if (rendered && isLive(rendered.main)) return { live: rendered, page: document };
    return written(site, question, { rendered, frame, page: document });
  }
  const blog = slug === BLOG ? await renderBlog(db, site, { locale, page }) : null;
  if (blog) {
    return written(site, question, { rendered: blog, frame: await frameFor(db, site, question, null), page: null });
  }
  return found.kind === "gone" ? { isGone: true } : null;
}

/** What stands around a document, or the list of articles; `null` around Markdown, which has nothing around it. */
const frameFor = async (db: ReadDatabase, site: PublicSite, { locale, origin, form }: Question, page: Found | null) =>
  form === "md"
    ? null
    : frameOf(db, site, page ? { locale: page.locale, origin, page } : { locale, origin, page, isBlog: true });

/** A document, or the list of articles, in the form asked for. */
async function written(
  site: PublicSite,
  { locale, slug, origin, page: number }: Question,
  { rendered, frame, page }: { rendered: Rendered | null; frame: Frame | null; page: Found | null },
): Promise<Document | null> {
  if (rendered === null) return null;
  if (frame === null) {
    const address = page ?? { locale, slug, parentId: null };
    const body = await markdownDocument(site, rendered, { page: address, origin });
    return { body, canonical: canonicalOf(site, address, origin), isHidden: rendered.isHidden };
  }
  const image = absoluteOf(site, origin, rendered.image);
  // Of the list of articles, its beginning is what search engines are to know.
  return { body: frameAround(number === 1 ? frame : { ...frame, canonical: null }, { ...rendered, image }) };
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
