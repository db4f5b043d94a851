import { z } from "@hono/zod-openapi";
import { invalid } from "../errors.ts";
import { parseBody } from "./body.ts";
import { type Endpoint, type EndpointInput, isWrite } from "./endpoint.ts";
import { expectedVersions } from "./etag.ts";
import type { Call } from "./exchange.ts";
import { parseQuery, parseWith } from "./validate.ts";

/** An operation that declares no query parameters has none. */
const NO_QUERY = z.strictObject({});

/** The query of a call to an endpoint, or a validation error that names every wrong parameter. */
export const readQuery = (endpoint: Pick<Endpoint, "query">, request: Request): unknown =>
  parseQuery(endpoint.query ?? NO_QUERY, request.url);

/** What the endpoint's handler receives of the request, or a validation error that names what is wrong with it. */
export function readInput(
  { exchange: { request, idempotencyKey }, endpoint, params }: Call,
  bytes: Uint8Array,
): EndpointInput<unknown, unknown, unknown> {
  const isAbsent = endpoint.bodyOptional && bytes.length === 0;
  // Whether it is JSON at all comes before what any part of the request means.
  const json = endpoint.body && (isAbsent ? {} : parseBody(request, bytes, endpoint));
  const query = readQuery(endpoint, request);
  const body = endpoint.body ? parseWith(endpoint.body, json, "body") : undefined;
  if (endpoint.needsIdempotencyKey && idempotencyKey === null) throw invalid("Idempotency-Key", "is required");
  const versions = endpoint.etag && isWrite(endpoint) ? expectedVersions(request.headers.get("If-Match")) : null;
  return { params, query, body, expectedVersions: versions };
}
