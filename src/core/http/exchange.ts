import type { Context } from "hono";
import type { Env } from "../../env.ts";
import type { Arrival } from "../access/arrival.ts";
import { now } from "../clock.ts";
import { newId } from "../ids.ts";
import { UNTOUCHED_FIGURES } from "../limits/ip-limits.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Surface } from "./surface.ts";

/** One request on its way through; what is learned of it on the way is kept here for headers and the log. */
export interface Exchange extends Arrival {
  /** When it arrived; of a write, when its body was there. */
  now: number;
  idempotencyKey: string | null;
  fingerprint: string | null;
}

/** A request and where it led: to a surface, and to one of its endpoints if there is one. */
export interface Reached {
  exchange: Exchange;
  surface: Surface;
  endpoint: Endpoint | null;
}

/** A request that reached an endpoint. */
export interface Call extends Reached {
  endpoint: Endpoint;
  params: Record<string, string>;
}

const NOTHING_PAID = {};

/** Opens the record of a request; every answer on every surface starts from one. */
export function openExchange(c: Context<{ Bindings: Env }>): Exchange {
  const at = now();
  return {
    env: c.env,
    request: c.req.raw,
    ip: c.req.header("CF-Connecting-IP") ?? "unknown",
    now: at,
    requestId: newId("req", at),
    figures: UNTOUCHED_FIGURES,
    keyId: null,
    workspaceId: null,
    endedKeyId: null,
    idempotencyKey: null,
    fingerprint: null,
    paid: NOTHING_PAID,
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  };
}
