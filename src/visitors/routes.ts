import { type Context, Hono } from "hono";
import { chargeIp, giveBackIp, type IpCharge } from "../core/access/ip-charge.ts";
import { DomainError, Unmigrated } from "../core/errors.ts";
import { isOwnHost } from "../content/sites/own-hosts.ts";
import { preflightHeaders } from "../core/http/cors.ts";
import { limitHeaders } from "../core/http/limit-headers.ts";
import { log } from "../core/http/log.ts";
import { type Exchange, openExchange } from "../core/http/exchange.ts";
import { logRequest } from "../core/http/respond.ts";
import { isUnmigrated } from "../core/storage/constraints.ts";
import type { Env } from "../env.ts";
import { assetAt, assetInMemory } from "./assets.ts";
import { busyPage } from "./busy.ts";
import { answer } from "./respond.ts";
import { serveSite } from "./serve.ts";
import { type PublicSite, publicSite, type SiteName } from "./site.ts";

type VisitorContext = Context<{ Bindings: Env }>;

const plain = (request: Request, status: number, body: string, headers: Record<string, string> = {}): Response =>
  answer(request, { type: "txt", body, status, headers });

/** Where a visitor is: at which path below which website. */
interface Visited {
  route: string;
  site: SiteName;
  path: string;
}

/** One visitor's request: counted by address (document 004), answered without a key, and never with an inner message. */
async function visit(
  c: VisitorContext,
  at: Visited,
  respond: (exchange: Exchange) => Promise<Response | null>,
): Promise<Response | null> {
  const exchange = openExchange(c);
  const response = await answered(exchange, at, respond);
  if (response === null) return null;
  const headers = { "X-Request-ID": exchange.requestId, ...limitHeaders(exchange.figures, exchange.now) };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  logRequest(exchange, at.route, response.status);
  return response;
}

async function answered(
  exchange: Exchange,
  { site, path }: Visited,
  respond: (exchange: Exchange) => Promise<Response | null>,
): Promise<Response | null> {
  const { request, env, requestId } = exchange;
  const asset = assetInMemory(path);
  if (asset) {
    exchange.figures = [];
    return answer(request, asset);
  }
  let charge: IpCharge | null = null;
  try {
    // Before anything is looked up: guessing addresses costs tokens too.
    charge = await chargeIp(exchange, assetAt(path) ? "assets" : "frontend", 1);
    return await respond(exchange);
  } catch (error) {
    if (charge) await giveBackIp(exchange, charge);
    if (error instanceof DomainError && error.code === "rate_limited") {
      const seconds = error.details.retryAfterSeconds ?? 1;
      const body = await busyPage(request, { site, path, seconds });
      return answer(request, { type: "html", body, status: 429, headers: { "Retry-After": String(seconds) } });
    }
    const missing = isUnmigrated(error) ? new Unmigrated().message : null;
    const detail = missing ?? String(error).slice(0, 500);
    log(env.LOG_LEVEL, "error", { message: "visit failed", requestId, detail });
    const text = missing ?? "The website cannot be shown right now.";
    return plain(request, 503, `${text} (${requestId})`, { "Retry-After": "2" });
  }
}

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

/** Sites by slug are shown under our own hosts: a site's domain shows that site and no other. */
async function siteBelow(c: VisitorContext, slug: string): Promise<PublicSite | null> {
  const host = hostOf(c);
  const ofHost = isOwnHost(c.env, host) ? null : await publicSite(c.env, { domain: host });
  return ofHost ? null : publicSite(c.env, { slug });
}

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
    return site ? serveSite(env, request, site, path) : plain(request, 404, "There is no website at this address.");
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

/** The same under a site's own domain; `null` where the host is no site's. */
export async function visitByDomain(c: VisitorContext): Promise<Response | null> {
  if (!["GET", "HEAD"].includes(c.req.method)) return null;
  const domain = hostOf(c);
  if (isOwnHost(c.env, domain)) return null;
  const path = below(c, 0);
  return visit(c, { route: "{domain}/*", site: { domain }, path }, async ({ env, request }) => {
    const site = await publicSite(env, { domain });
    return site && serveSite(env, request, site, path);
  });
}
