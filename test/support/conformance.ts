import type { z } from "@hono/zod-openapi";
import { type Endpoint, isWrite } from "../../src/core/http/endpoint.ts";
import { statusesOf } from "../../src/openapi.ts";
import type { Answer } from "./fixtures.ts";
import { OPERATIONS, type Operation, operationAt, surfaceAt } from "./registry.ts";

/** Fails the test when an answer is not what the published description promises for the operation that was called. */
export function checkConformance(method: string, path: string, answer: Answer): void {
  const { pathname } = new URL(path, "https://api.example.com");
  const surface = surfaceAt(pathname);
  if (!surface) return;
  const operation = operationAt(method, pathname);
  const problems = [...envelope(answer, method), ...limits(answer)];
  if (operation) problems.push(...declared(operation, method, answer));
  if (!operation && ![204, 404, 405].includes(answer.status))
    problems.push(`is no operation, yet gives ${answer.status}`);
  // A report that something is down is an answer, not an error.
  const isReport = answer.status === 503 && answer.body?.data !== undefined;
  if (answer.status >= 400 && method !== "HEAD" && !isReport && !surface.schemas.error.safeParse(answer.body).success) {
    problems.push("the error body is not the surface's");
  }
  if (
    surface.name !== "delivery" &&
    [...answer.headers.keys()].some((it) => it.startsWith("access-control-")) &&
    !OPERATIONS.some((it) => it.endpoint.cors && it.pattern.test(pathname))
  ) {
    problems.push("carries CORS headers, but API keys belong on servers");
  }
  if (problems.length > 0) {
    throw new Error(`${method} ${path} → ${answer.status}: ${problems.join("; ")}\n${answer.text.slice(0, 1_000)}`);
  }
}

/** What every answer of every surface carries. */
function envelope({ headers, status, text, body }: Answer, method: string): string[] {
  const problems: string[] = [];
  const requestId = headers.get("X-Request-ID");
  if (!/^req_[0-9A-Z]{26}$/.test(requestId ?? "")) problems.push(`X-Request-ID is ${requestId}`);
  const inBody = body?.meta?.requestId ?? body?.request_id;
  if (inBody && inBody !== requestId && !headers.has("Idempotency-Replayed"))
    problems.push("body names another request");
  const isEmpty = method === "HEAD" || status === 204 || status === 304;
  if (isEmpty && text !== "") problems.push("has a body");
  if (status >= 400 && !headers.get("Content-Type")?.startsWith("application/json")) problems.push("is not JSON");
  if ([429, 503].includes(status) && body?.error && !/^[1-9]\d*$/.test(headers.get("Retry-After") ?? "")) {
    problems.push(`Retry-After is ${headers.get("Retry-After")}`);
  }
  return problems;
}

/** The published trio: present, whole numbers, never more left than allowed. */
function limits({ headers }: Answer): string[] {
  const [limit, remaining, reset] = ["Limit", "Remaining", "Reset"].map((it) => headers.get(`X-RateLimit-${it}`));
  if (![limit, remaining, reset].every((value) => /^\d+$/.test(value ?? ""))) {
    return [`X-RateLimit-* is ${limit}, ${remaining}, ${reset}`];
  }
  return Number(remaining) > Number(limit) ? [`${remaining} of ${limit} calls remain`] : [];
}

const schemas = new Map<Endpoint, z.ZodType>();

/** The body of the operation's success. Building the schema costs more than using it, so each is built once. */
function successOf({ surface, endpoint }: Operation, data: z.ZodType): z.ZodType {
  const known = schemas.get(endpoint);
  if (known) return known;
  const { one, list } = surface.schemas;
  const { list: isList, selectable } = endpoint.success;
  const schema = (isList ? list : one)(selectable ? (data as z.ZodObject).partial() : data);
  schemas.set(endpoint, schema);
  return schema;
}

/** What the operation's own entry in the registry declares: statuses, the shape of a success. */
function declared(operation: Operation, method: string, answer: Answer): string[] {
  const { surface, endpoint } = operation;
  const problems: string[] = [];
  const { status, headers, body } = answer;
  const statuses = statusesOf(surface, endpoint);
  if (!statuses.has(status)) problems.push(`${endpoint.operationId} declares only ${[...statuses].sort().join(", ")}`);
  const { data, also = [] } = endpoint.success;
  const isSuccess = [endpoint.success.status, ...also.map((it) => it.status)].includes(status);
  if (!isSuccess || !data || method === "HEAD" || (status >= 400 && body?.error)) return problems;
  if (endpoint.etag && status < 300 && !headers.has("ETag") && !(isWrite(endpoint) && !body))
    problems.push("has no ETag");
  const parsed = successOf(operation, data).safeParse(body);
  if (!parsed.success) problems.push(`does not fit its schema: ${parsed.error.message.slice(0, 500)}`);
  // Parsing drops what is not declared and fills in what is missing: either way the result differs from the body.
  else if (canonical(parsed.data) !== canonical(body)) problems.push("has undeclared fields, or lacks declared ones");
  return problems;
}

/** JSON with sorted keys: equal for equal values. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
