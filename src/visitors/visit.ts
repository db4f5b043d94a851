import type { Context } from "hono";
import { chargeIp, giveBackIp, type IpCharge } from "../core/access/ip-charge.ts";
import type { IpLimitName } from "../core/limits/ip-limits.ts";
import { DomainError, Unmigrated } from "../core/errors.ts";
import { limitHeaders } from "../core/http/limit-headers.ts";
import { log } from "../core/http/log.ts";
import { type Exchange, openExchange } from "../core/http/exchange.ts";
import { logRequest } from "../core/http/respond.ts";
import { isUnmigrated } from "../core/storage/constraints.ts";
import type { Env } from "../env.ts";
import { assetAt, assetInMemory } from "./assets.ts";
import { busyPage } from "./busy.ts";
import { answer } from "./respond.ts";
import type { SiteName } from "../content/live/public.ts";

export type VisitorContext = Context<{ Bindings: Env }>;

/** An answer in plain text. */
export const plain = (request: Request, status: number, body: string, headers: Record<string, string> = {}): Response =>
  answer(request, { type: "txt", body, status, headers });

/** Where a visitor is: at which path below which website. */
interface Visited {
  route: string;
  /** `null` in a preview, which has nothing that is anybody's. */
  site: SiteName | null;
  path: string;
  /** What it is counted in; told by the path where it is left out. */
  bucket?: IpLimitName;
}

/** One visitor's request: counted by address (document 004), answered without a key, and never with an inner message. */
export async function visit(
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
  { site, path, bucket }: Visited,
  respond: (exchange: Exchange) => Promise<Response | null>,
): Promise<Response | null> {
  const { request, env, requestId } = exchange;
  const asset = site && assetInMemory(path);
  if (asset) {
    exchange.figures = [];
    return answer(request, asset);
  }
  let charge: IpCharge | null = null;
  try {
    // Before anything is looked up: guessing addresses costs tokens too.
    charge = await chargeIp(exchange, bucket ?? (assetAt(path) ? "assets" : "frontend"), 1);
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
