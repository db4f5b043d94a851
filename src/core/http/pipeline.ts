import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import {
  type Admission,
  admit,
  chargeIp,
  requirePossibleKey,
  type Exchange,
  rateLimited,
  UNTOUCHED_FIGURES,
} from "../access/admission.ts";
import { authorise } from "../access/authorise.ts";
import type { RequestedRight } from "../keys/rights.ts";
import { stillStands } from "../access/key-rows.ts";
import { releaseCall } from "../access/objects.ts";
import { now } from "../clock.ts";
import type { Caller, Ctx } from "../work/context.ts";
import { ConcurrentChange, DomainError, invalid } from "../errors.ts";
import { wakeEndpoints } from "../events/wake.ts";
import { newId } from "../ids.ts";
import { databaseOf } from "../storage/database.ts";
import { UnitOfWork } from "../work/unit-of-work.ts";
import { discardBody, parseJson, readBytes } from "./body.ts";
import { unknownKey } from "./credential.ts";
import { type Endpoint, type EndpointInput, isWrite, type Reply } from "./endpoint.ts";
import { etagOf, expectedVersions, matchesAny } from "./etag.ts";
import {
  AlreadyDone,
  checkIdempotencyKey,
  findAnswer,
  fingerprintOf,
  type IdempotentCall,
  idempotencyKeyOf,
  stageAnswer,
  type StoredAnswer,
} from "./idempotency.ts";
import { respond, respondError } from "./respond.ts";
import type { Surface } from "./surface.ts";
import { parseQuery, parseWith } from "./validate.ts";

/**
 * How often an operation is run because another write came between its read and its commit. Every attempt that fails
 * means another one succeeded, so this many callers can change one resource at the same time and all are served.
 */
const MAX_ATTEMPTS = 64;
/** And where every try tells the key's objects before and after: those have other calls to decide. */
const MAX_ANNOUNCED_ATTEMPTS = 4;

/** An operation that declares no query parameters has none. */
const NO_QUERY = z.strictObject({});
const NO_PARAMS: Record<string, string> = {};
const NO_BODY = new Uint8Array();

const ANONYMOUS: Caller = {
  actor: "anonymous",
  keyId: null,
  workspaceId: 0,
  environment: "live",
  scopes: new Set(),
  siteIds: null,
  accessType: "admin",
  policy: null,
  workspace: { id: 0, name: "", slug: "", tier: "trial" },
};

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
    idempotencyKey: null,
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  };
}

/** The way of a request (DESIGN §3): identify and admit, authorise, validate, handle, commit, render. */
export function serve(surface: Surface, endpoint: Endpoint) {
  return async (c: Context<{ Bindings: Env }>): Promise<Response> => {
    const exchange = openExchange(c);
    try {
      const answer = await run(exchange, surface, endpoint, endpoint.params ? c.req.param() : NO_PARAMS);
      return respond(exchange, endpoint, surface, answer);
    } catch (error) {
      await discardBody(exchange.request);
      return respondError(exchange, endpoint, surface, error);
    }
  };
}

async function run(
  exchange: Exchange,
  surface: Surface,
  endpoint: Endpoint,
  params: Record<string, string>,
): Promise<StoredAnswer> {
  if (endpoint.scope === "public") {
    await chargeIp(exchange, endpoint.ipLimit ?? "frontend", 1);
    const body = isWrite(endpoint) ? await readBytes(exchange.request) : NO_BODY;
    return handle(exchange, surface, endpoint, contextOf(exchange, ANONYMOUS), params, body, null);
  }
  const idempotencyKey = isWrite(endpoint) ? idempotencyKeyOf(exchange.request) : null;
  exchange.idempotencyKey = idempotencyKey;
  const body = isWrite(endpoint) ? await bodyFirst(exchange) : NO_BODY;
  const admission = await admit(exchange, surface.name, endpoint, idempotencyKey);
  try {
    checkIdempotencyKey(idempotencyKey);
    authorise(admission.policy, admission.caller, endpoint, () => requestedRight(exchange, surface, endpoint));
    const ctx = await contextIn(exchange, surface, admission.caller);
    await endpoint.authorise?.(ctx, params);
    if (!(body instanceof Uint8Array)) throw body.error;
    const call = await idempotentCall(exchange, admission, idempotencyKey, body);
    const done = call && (await answerGiven(ctx, call, admission));
    if (!done) return await handle(exchange, surface, endpoint, ctx, params, body, call);
    await release(exchange, admission, idempotencyKey, null);
    return done;
  } catch (error) {
    await release(exchange, admission, idempotencyKey, error);
    throw error;
  }
}

/** What a key's rights are compared with. */
function requestedRight({ request }: Exchange, surface: Surface, endpoint: Endpoint): RequestedRight {
  const { pathname: path, searchParams: query } = new URL(request.url);
  return { method: request.method, route: surface.basePath + endpoint.path, path, query };
}

/**
 * Reads the body before the key is looked at: a sender may take its time, and what the key may do is decided when the
 * whole request is there. What is wrong with the body is said later, to those who may know.
 */
async function bodyFirst(exchange: Exchange): Promise<Uint8Array | { error: unknown }> {
  requirePossibleKey(exchange);
  const body = await readBytes(exchange.request).catch((error: unknown) => ({ error }));
  exchange.now = now();
  return body;
}

const contextOf = (exchange: Exchange, caller: Caller): Ctx => {
  const { env, requestId, ip } = exchange;
  const db = databaseOf(env, caller.workspaceId);
  return {
    env,
    db,
    caller,
    now: exchange.now,
    requestId,
    callId: callIdOf(exchange),
    ip,
    unit: new UnitOfWork(db, {
      caller,
      now: exchange.now,
      ip,
      requestId,
      wake: (endpointIds) => exchange.waitUntil(wakeEndpoints(env, endpointIds)),
    }),
  };
};

/** The context in the workspace the call is about. */
async function contextIn(exchange: Exchange, surface: Surface, caller: Caller): Promise<Ctx> {
  const ctx = contextOf(exchange, caller);
  const header = exchange.request.headers.get("X-Workspace-ID");
  if (header === null) return ctx;
  if (!surface.selectWorkspace) {
    if (header.trim() === String(caller.workspaceId)) return ctx;
    throw invalid("X-Workspace-ID", "is not read here: this surface speaks of the key's own workspace only");
  }
  const selected = await surface.selectWorkspace(ctx, header);
  return selected === caller ? ctx : contextOf(exchange, selected);
}

/** Two requests of one key with one Idempotency-Key are one call. */
const callIdOf = ({ keyId, requestId, idempotencyKey }: Exchange): string =>
  idempotencyKey === null ? requestId : `${keyId}:${idempotencyKey}`;

async function idempotentCall(
  exchange: Exchange,
  admission: Admission,
  idempotencyKey: string | null,
  body: Uint8Array,
): Promise<IdempotentCall | null> {
  if (idempotencyKey === null) return null;
  const fingerprint = await fingerprintOf(exchange.request, body);
  return { keyId: admission.policy.keyId, idempotencyKey, fingerprint, credential: admission.credential };
}

/** The stored answer of a repeated call; 409 while the first is still running. */
async function answerGiven(ctx: Ctx, call: IdempotentCall, admission: Admission): Promise<StoredAnswer | null> {
  const answer = await findAnswer(ctx.db, call, ctx.now);
  if (answer) return replayed(answer);
  if (admission.idempotency === "busy") {
    throw new DomainError("idempotency_in_progress", "A call with this Idempotency-Key is still running.", {
      retryAfterSeconds: 1,
    });
  }
  return null;
}

const replayed = (answer: StoredAnswer): StoredAnswer => ({
  ...answer,
  headers: { ...answer.headers, "Idempotency-Replayed": "true" },
});

async function handle(
  exchange: Exchange,
  surface: Surface,
  endpoint: Endpoint,
  ctx: Ctx,
  params: Record<string, string>,
  body: Uint8Array,
  call: IdempotentCall | null,
): Promise<StoredAnswer> {
  const input = readInput(exchange, endpoint, params, body);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await endpoint.handle({ ctx, input, request: exchange.request });
      const answer = render(exchange, surface, endpoint, reply);
      if (call) await stageAnswer(ctx.db, ctx.unit, call, answer, ctx.now);
      if (!ctx.unit.isEmpty) {
        if (ctx.caller.keyId !== null) ctx.unit.require(stillStands(ctx.caller, now()), unknownKey());
        await ctx.unit.commit();
      }
      return answer;
    } catch (error) {
      if (error instanceof AlreadyDone && call) {
        const answer = await findAnswer(ctx.db, call, ctx.now);
        if (answer) return replayed(answer);
      }
      if (!(error instanceof ConcurrentChange)) throw error;
      if (attempt >= (ctx.unit.isAnnounced ? MAX_ANNOUNCED_ATTEMPTS : MAX_ATTEMPTS)) {
        const message = "The resource is being changed by others right now. Please retry.";
        throw new DomainError("conflict", message, { retryAfterSeconds: 1 });
      }
      ctx.unit.reset();
    }
  }
}

function readInput(
  { request }: Exchange,
  endpoint: Endpoint,
  params: Record<string, string>,
  bytes: Uint8Array,
): EndpointInput<unknown, unknown, unknown> {
  const isAbsent = endpoint.bodyOptional && bytes.length === 0;
  // Whether it is JSON at all comes before what any part of the request means.
  const json = endpoint.body && (isAbsent ? {} : parseJson(request, bytes, endpoint.beacon));
  const query = parseQuery(endpoint.query ?? NO_QUERY, request.url);
  const body = endpoint.body ? parseWith(endpoint.body, json, "body") : undefined;
  const versions = endpoint.etag && isWrite(endpoint) ? expectedVersions(request.headers.get("If-Match")) : null;
  return { params, query, body, expectedVersions: versions };
}

/** Turns a reply into the bytes that are sent, and stored for a repeated call. */
function render(exchange: Exchange, surface: Surface, endpoint: Endpoint, reply: Reply<unknown>): StoredAnswer {
  const headers: Record<string, string> = { ...reply.headers };
  const status = reply.status ?? endpoint.success.status;
  if (reply.version !== undefined) {
    headers.ETag = etagOf(reply.version, reply.freshness);
    const isUnchanged = !isWrite(endpoint) && matchesAny(exchange.request.headers.get("If-None-Match"), headers.ETag);
    if (isUnchanged) return { status: 304, headers, body: "" };
  }
  if (reply.data === undefined && !reply.page) return { status, headers, body: "" };
  const body = reply.page ? surface.list(reply.page, exchange) : surface.one(reply.data, exchange);
  return { status, headers, body: JSON.stringify(body) };
}

/** A call that came to nothing frees its idempotency key; one denied by a later limit is not charged at all. */
async function release(
  exchange: Exchange,
  admission: Admission,
  idempotencyKey: string | null,
  error: unknown,
): Promise<void> {
  const limit = error instanceof DomainError && error.code === "rate_limited" ? error.details.limit : undefined;
  const unlocks = admission.idempotency === "acquired" ? idempotencyKey : null;
  if (!limit && unlocks === null) return;
  const { policy, shard, charges, chargedAt } = admission;
  const { requestId } = exchange;
  const at = { requestId, idempotencyKey: unlocks, charges: limit ? charges : null, chargedAt };
  try {
    const figures = await releaseCall(exchange.env, policy.keyId, shard, at);
    if (limit) rateLimited(Object.assign(exchange, { figures: figures ?? exchange.figures }), limit, 1);
  } catch {
    // The lock ends by itself after half a minute; the answer on its way to the caller is the better one.
  }
}
