import { expect } from "vitest";
import type { Answer } from "../support/fixtures.ts";
import type { Operation } from "../support/registry.ts";

/**
 * Statuses and codes as published (docs/contract.md §3), written down again so that the suites do not ask the code
 * under test.
 */
const WIRE = {
  content: {
    bad_request: [400, "BAD_REQUEST"],
    validation_failed: [400, "VALIDATION_ERROR"],
    unauthorized: [401, "UNAUTHORIZED"],
    forbidden: [403, "FORBIDDEN"],
    feature_limit_reached: [403, "FORBIDDEN"],
    not_found: [404, "NOT_FOUND"],
    method_not_allowed: [405, "METHOD_NOT_ALLOWED"],
    payload_too_large: [413, "PAYLOAD_TOO_LARGE"],
    unsupported_media_type: [415, "UNSUPPORTED_MEDIA_TYPE"],
    internal: [500, "INTERNAL_ERROR"],
    unavailable: [503, "SERVICE_UNAVAILABLE"],
  },
  platform: {
    bad_request: [400, "bad_request"],
    validation_failed: [422, "validation_failed"],
    unauthorized: [401, "unauthorized"],
    forbidden: [403, "access_denied"],
    feature_limit_reached: [403, "feature_limit_reached"],
    not_found: [404, "not_found"],
    method_not_allowed: [405, "method_not_allowed"],
    payload_too_large: [413, "payload_too_large"],
    unsupported_media_type: [415, "unsupported_media_type"],
    internal: [500, "server_error"],
    unavailable: [503, "service_unavailable"],
  },
  delivery: {
    bad_request: [400, "bad_request"],
    validation_failed: [422, "validation_failed"],
    unauthorized: [401, "unauthorized"],
    forbidden: [401, "unauthorized"],
    feature_limit_reached: [403, "feature_limit_reached"],
    not_found: [404, "not_found"],
    method_not_allowed: [405, "method_not_allowed"],
    payload_too_large: [413, "payload_too_large"],
    unsupported_media_type: [415, "unsupported_media_type"],
    internal: [500, "internal"],
    unavailable: [503, "unavailable"],
  },
} satisfies Record<Operation["surface"]["name"], Record<string, [number, string]>>;

export type WireError = keyof (typeof WIRE)["content"];

/** Asserts an error answer in the surface's own words; `error` overrides the code on the flat surfaces. */
export function expectError(
  surface: Operation["surface"]["name"],
  answer: Answer,
  cause: WireError,
  named?: string,
): void {
  const [status, code] = WIRE[surface][cause];
  expect(answer.status, answer.text).toBe(status);
  expect(surface === "content" ? answer.body.error.code : answer.body.error).toBe(
    surface === "content" ? code : (named ?? code),
  );
  if (status === 401) expect(answer.headers.get("WWW-Authenticate")).toBe("ApiKey");
}

/** The machine-readable cause: `details.reason` on `/v1`, `reason` or the error's own name elsewhere. */
export const reasonOf = (answer: Answer): unknown => answer.body.error?.details?.reason ?? answer.body.reason;

/** Two error answers without what tells any two requests apart. */
export function withoutRequest({ status, body, headers }: Answer): string {
  const kept = [...headers].filter(([name]) => !/^(x-request-id|x-ratelimit|ratelimit)/.test(name));
  return JSON.stringify({ status, kept, body }).replaceAll(
    // Names of requests, times, and addresses that are signed until one.
    /req_[0-9A-Z]{26}|\d{4}-\d\d-\d\dT[\d:.]+Z|expires=\d+[^"\\]*/g,
    "…",
  );
}
