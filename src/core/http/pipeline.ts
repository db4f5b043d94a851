import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { type Admission, admit } from "../access/admission.ts";
import { ANONYMOUS } from "../access/caller.ts";
import { requirePossibleKey } from "../access/identify.ts";
import { chargeIp, giveBackIp } from "../access/ip-charge.ts";
import type { Release } from "../access/key-authority.ts";
import { releaseCall } from "../access/key-object-client.ts";
import { now } from "../clock.ts";
import { DeniedUntil } from "../errors.ts";
import { discardBody, limitFor, readBytes } from "./body.ts";
import { type Endpoint, isWrite } from "./endpoint.ts";
import { type Call, type Exchange, openExchange } from "./exchange.ts";
import { formDigest } from "./form.ts";
import { handle } from "./handle.ts";
import { checkIdempotencyKey, fingerprintOf, idempotencyKeyOf, type StoredAnswer } from "./idempotency.ts";
import { noOperations, operationsOf } from "./operations.ts";
import { answerGiven, answerOfEnding, endingCall, idempotentCall, lastAnswer } from "./repetition.ts";
import { permit, queryOf } from "./permit.ts";
import { contextOf } from "./request-context.ts";
import { isOutage, respond, respondError } from "./respond.ts";
import type { Surface } from "./surface.ts";

const NO_PARAMS: Record<string, string> = {};
const NO_BODY = new Uint8Array();

/** The endpoint as the router calls it. */
export const serve =
  (surface: Surface, endpoint: Endpoint) =>
  (c: Context<{ Bindings: Env }>): Promise<Response> => {
    const params = endpoint.params ? c.req.param() : NO_PARAMS;
    return answerTo({ exchange: openExchange(c), surface, endpoint, params });
  };

/** The way of a request (docs/architecture.md §3): identify and admit, authorise, validate, handle, commit, render. */
async function answerTo(call: Call): Promise<Response> {
  const run = call.endpoint.scope === "public" ? runOpen : runWithKey;
  try {
    return respond(call, await run(call));
  } catch (error) {
    await discardBody(call.exchange.request);
    return respondError(call, error);
  }
}

/** A call that needs no key: counted by its address. */
async function runOpen(call: Call): Promise<StoredAnswer> {
  const { exchange, endpoint, params } = call;
  const charge = await chargeIp(exchange, endpoint.ipLimit ?? "frontend", 1);
  if (endpoint.needsIdempotencyKey) exchange.idempotencyKey = idempotencyKeyOf(exchange.request);
  try {
    const ctx = contextOf(exchange, ANONYMOUS);
    await endpoint.authorise?.(ctx, params, () => queryOf(call));
    const { request } = exchange;
    const isRead = isWrite(endpoint) && !endpoint.streams;
    const body = isRead ? await readBytes(request, limitFor(endpoint, request)) : NO_BODY;
    return await handle({ call, ctx, body, idempotent: null, ending: null, within: noOperations });
  } catch (error) {
    if (isOutage(error)) await giveBackIp(exchange, charge);
    throw error;
  }
}

async function runWithKey(call: Call): Promise<StoredAnswer> {
  const { exchange, endpoint } = call;
  if (isWrite(endpoint)) exchange.idempotencyKey ??= idempotencyKeyOf(exchange.request);
  const body = isWrite(endpoint) ? await bodyFirst(call) : NO_BODY;
  let admission: Admission;
  try {
    admission = await admit(exchange, call);
  } catch (error) {
    const given = await lastAnswer(call);
    if (given) return given;
    throw error;
  }
  try {
    checkIdempotencyKey(exchange.idempotencyKey);
    const ctx = await permit(call, admission.caller);
    if (!(body instanceof Uint8Array)) throw body.error;
    const idempotent = idempotentCall(call, admission.caller.keyId, admission.credential);
    const ending = await endingCall(call, admission, body);
    const given =
      (idempotent && (await answerGiven(ctx, idempotent, admission))) ??
      (ending && (await answerOfEnding(ctx, ending)));
    const within = operationsOf(call, admission, answerTo);
    const answer = given ?? (await handle({ call, ctx, body, idempotent, ending, within }));
    // What was stored says from now on what the call is answered.
    if (given || (idempotent && ctx.unit.isEmpty)) await release(exchange, admission, null);
    return answer;
  } catch (error) {
    await release(exchange, admission, error);
    throw error;
  }
}

/**
 * Reads the body before the key is looked at: a sender may take its time, and what the key may do is decided when the
 * whole request is there. What is wrong with the body is said later, to those who may know.
 */
async function bodyFirst({ exchange, endpoint }: Call): Promise<Uint8Array | { error: unknown }> {
  requirePossibleKey(exchange);
  const { request } = exchange;
  const body = await readBytes(request, limitFor(endpoint, request)).catch((error: unknown) => ({ error }));
  exchange.now = now();
  if ((exchange.idempotencyKey !== null || endpoint.limitedBeyond) && body instanceof Uint8Array) {
    exchange.fingerprint = await fingerprintOf(request, endpoint.form ? await formDigest(request, body) : body);
  }
  return body;
}

/**
 * A call that came to nothing frees its idempotency key. One that a dependency of ours has failed is not charged at all;
 * one that a later limit denied has asked, and counts for that alone.
 */
async function release(exchange: Exchange, admission: Admission, error: unknown): Promise<void> {
  const denied = deniedCall(exchange, error);
  const charges = denied || isOutage(error) ? admission.charges : null;
  const idempotencyKey = admission.idempotency === "acquired" ? exchange.idempotencyKey : null;
  if (!charges && idempotencyKey === null) return;
  const { caller, shard, chargedAt } = admission;
  const at = { keyId: caller.keyId, requestId: exchange.requestId, idempotencyKey, charges, chargedAt, denied };
  try {
    const figures = await releaseCall(exchange.env, caller.policy.familyId, shard, at);
    if (figures) exchange.figures = figures;
  } catch {
    // The lock ends by itself after half a minute; the answer on its way to the caller is the better one.
  }
}

/** The call, and the limit that has denied it after its key had let it in. */
const deniedCall = ({ idempotencyKey, fingerprint }: Exchange, error: unknown): Release["denied"] =>
  error instanceof DeniedUntil
    ? { call: { idempotencyKey, fingerprint }, denial: { by: error.limit, until: error.until } }
    : null;
