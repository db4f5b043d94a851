import { Hono } from "hono";
import { isOwnHost } from "../content/sites/own-hosts.ts";
import { preflightHeaders } from "../core/http/cors.ts";
import type { Env } from "../env.ts";
import { servePreview } from "./preview/serve.ts";
import { serveSite } from "./serve.ts";
import { bucketOf, receiveForm, takesForms } from "./live/serve.ts";
import { publicSite } from "../content/live/public.ts";
import type { PublicSite } from "./site.ts";
import { plain, visit, type VisitorContext } from "./visit.ts";

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The path, decoded, without its first segments. */
const below = (c: VisitorContext, segments: number): string =>
  decoded(
    new URL(c.req.url).pathname
      .split("/")
      .slice(1 + segments)
      .join("/"),
  );

const hostOf = (c: VisitorContext): string => new URL(c.req.url).hostname.toLowerCase();

/** The website whose domain was called; `null` under our own hosts. */
async function siteOfHost(c: VisitorContext): Promise<PublicSite | null> {
  const host = hostOf(c);
  return isOwnHost(c.env, host) ? null : publicSite(c.env, { domain: host });
}

/** Sites by slug are shown under our own hosts: a site's domain shows that site and no other. */
const siteBelow = async (c: VisitorContext, slug: string): Promise<PublicSite | null> =>
  (await siteOfHost(c)) ? null : publicSite(c.env, { slug });

const nothingHere = (request: Request): Response => plain(request, 404, "There is no website at this address.");

/** Published websites by slug: `/s/{slug}/…`. */
export const visitorRoutes = new Hono<{ Bindings: Env }>();

visitorRoutes.on(["GET", "HEAD"], ["/s/:slug", "/s/:slug/*"], async (c) => {
  const slug = c.req.param("slug") as string;
  const { pathname, search } = new URL(c.req.url);
  const isBare = pathname.split("/").length === 3;
  const path = below(c, 2);
  return (await visit(c, { route: "/s/{slug}/*", site: { slug }, path }, async ({ env, request }) => {
    if (isBare) return plain(request, 308, "", { Location: `${pathname}/${search}` });
    const site = await siteBelow(c, slug);
    return site ? serveSite(env, request, site, path) : nothingHere(request);
  })) as Response;
});

/** Forms of pages that say what there is now. */
visitorRoutes.post("/s/:slug/*", async (c, next) => {
  const slug = c.req.param("slug");
  const path = below(c, 2);
  if (!takesForms(path)) return next();
  const visited = { route: "/s/{slug}/*", site: { slug }, path, bucket: bucketOf(path) };
  return (await visit(c, visited, async (exchange) => {
    const site = await siteBelow(c, slug);
    return (site && (await receiveForm(exchange, site, path))) ?? nothingHere(exchange.request);
  })) as Response;
});

const METHODS = ["GET", "HEAD", "OPTIONS"];

visitorRoutes.all("/s/*", (c) =>
  c.req.method === "OPTIONS"
    ? new Response(null, {
        status: 204,
        headers: { Allow: METHODS.join(", "), ...preflightHeaders([{ method: "get", scope: "public", cors: true }]) },
      })
    : plain(c.req.raw, 405, "Pages can only be read.", { Allow: METHODS.join(", ") }),
);

/** Drafts by the secret of their link: `/preview/{token}/…`. A site's domain shows its own. */
visitorRoutes.on(["GET", "HEAD"], ["/preview", "/preview/*"], async (c) => {
  const [, , token = "", ...rest] = new URL(c.req.url).pathname.split("/");
  const path = below(c, 2);
  return (await visit(c, { route: "/preview/{token}/*", site: null, path }, async (exchange) => {
    const ofHost = await siteOfHost(c);
    return servePreview(exchange, { token, path: rest.length === 0 ? null : path, onlySiteId: ofHost?.siteId ?? null });
  })) as Response;
});

visitorRoutes.all("/preview/*", (c) => {
  const Allow = METHODS.join(", ");
  if (c.req.method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow } });
  return plain(c.req.raw, 405, "Pages can only be read.", { Allow });
});

/** The same under a site's own domain; `null` where the host is no site's. */
export async function visitByDomain(c: VisitorContext): Promise<Response | null> {
  const path = below(c, 0);
  const isForm = c.req.method === "POST" && takesForms(path);
  if (!isForm && !["GET", "HEAD"].includes(c.req.method)) return null;
  const domain = hostOf(c);
  if (isOwnHost(c.env, domain)) return null;
  if (isForm) {
    return visit(c, { route: "{domain}/*", site: { domain }, path, bucket: bucketOf(path) }, async (exchange) => {
      const site = await publicSite(exchange.env, { domain });
      return site && receiveForm(exchange, site, path);
    });
  }
  return visit(c, { route: "{domain}/*", site: { domain }, path }, async ({ env, request }) => {
    const site = await publicSite(env, { domain });
    return site && serveSite(env, request, site, path);
  });
}
