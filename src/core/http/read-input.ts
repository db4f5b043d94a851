import { z } from "@hono/zod-openapi";
import { invalid } from "../errors.ts";
import { parseText } from "./body.ts";
import { type Endpoint, type EndpointInput, isWrite } from "./endpoint.ts";
import { expectedVersions } from "./etag.ts";
import type { Call } from "./exchange.ts";
import { parseForm } from "./form.ts";
import { parseQuery, parseWith } from "./validate.ts";

/** An operation that declares no query parameters has none. */
const NO_QUERY = z.strictObject({});

/** The query of a call to an endpoint, or a validation error that names every wrong parameter. */
export const readQuery = (endpoint: Pick<Endpoint, "query">, request: Request): unknown =>
  parseQuery(endpoint.query ?? NO_QUERY, request.url);

/** What the endpoint's handler receives of the request, or a validation error that names what is wrong with it. */
export async function readInput(
  { exchange: { request, idempotencyKey }, endpoint, params }: Call,
  bytes: Uint8Array,
): Promise<EndpointInput<unknown, unknown, unknown>> {
  const isAbsent = endpoint.bodyOptional && bytes.length === 0;
  // Whether it can be read at all comes before what any part of the request means.
  const sent = await (isAbsent ? {} : parseBody(endpoint, request, bytes));
  const query = readQuery(endpoint, request);
  const schema = endpoint.form?.fields ?? endpoint.body;
  const body = schema && parseWith(schema, sent, "body");
  if (endpoint.needsIdempotencyKey && idempotencyKey === null) throw invalid("Idempotency-Key", "is required");
  const versions = endpoint.etag && isWrite(endpoint) ? expectedVersions(request.headers.get("If-Match")) : null;
  return { params, query, body, expectedVersions: versions };
}

const parseBody = (endpoint: Endpoint, request: Request, bytes: Uint8Array): unknown =>
  endpoint.form ? parseForm(request, bytes) : endpoint.body && parseText(request, bytes, endpoint);
