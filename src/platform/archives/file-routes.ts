import { type Context, Hono } from "hono";
import { chargeIp, giveBackIp } from "../../core/access/ip-charge.ts";
import { discardBody } from "../../core/http/body.ts";
import { type Exchange, openExchange } from "../../core/http/exchange.ts";
import { limitHeaders } from "../../core/http/limit-headers.ts";
import { isOutage, logRequest, respondError } from "../../core/http/respond.ts";
import { download, upload } from "../../content/archive/files.ts";
import type { Env } from "../../env.ts";
import { platformSurface } from "../surface.ts";

type FileContext = Context<{ Bindings: Env }>;

const ROUTE = "/archives/{token}";

/** A call by an address that holds its own right: counted by the caller's address, and refused in the surface's words. */
async function answered(c: FileContext, answer: (exchange: Exchange) => Promise<Response>): Promise<Response> {
  const exchange = openExchange(c);
  try {
    const charge = await chargeIp(exchange, "frontend", 1);
    try {
      const response = await answer(exchange);
      const headers = { "X-Request-ID": exchange.requestId, ...limitHeaders(exchange.figures, exchange.now) };
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      logRequest(exchange, ROUTE, response.status);
      return response;
    } catch (error) {
      if (isOutage(error)) await giveBackIp(exchange, charge);
      throw error;
    }
  } catch (error) {
    await discardBody(exchange.request);
    return respondError({ exchange, surface: platformSurface, endpoint: null }, error);
  }
}

/** Archives on their way out and in, under addresses that the API has given out. */
export const archiveFiles = new Hono<{ Bindings: Env }>();

const PATH = "/archives/:token{v1\\.[A-Za-z0-9._-]+}";
const tokenIn = (c: FileContext): string => c.req.param("token") as string;

archiveFiles.get(PATH, (c) => answered(c, ({ env, request, now }) => download(env, tokenIn(c), request, now)));

archiveFiles.put(PATH, (c) =>
  answered(c, async ({ env, request, now }) => {
    await upload(env, tokenIn(c), request, { now });
    return new Response(null, { status: 204 });
  }),
);
