import { DomainError } from "../../core/errors.ts";
import type { Within } from "../../core/http/within.ts";
import type { Ctx } from "../../core/work/context.ts";
import { contentSurface } from "../surface.ts";
import type { BatchOperation, BatchResult } from "./contract.ts";

/** What the results of a batch may come to, in bytes: of more, the operations that are left are not carried out. */
const MAX_RESULTS_BYTES = 5_000_000;
/** A row of D1 holds 2 MB, and sealing makes an answer a third longer: what is longer is not kept for its repetition. */
const MAX_KEPT_BYTES = 1_200_000;

const SHOWN_HEADERS = ["ETag", "Location", "Retry-After"];
const FIGURES = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

interface Batch {
  siteId: string;
  operations: readonly BatchOperation[];
  within: Within;
}

/** A path below the website, or a whole one. */
const wholePath = (siteId: string, path: string): string =>
  path.startsWith("/v1/") ? path : `/v1/sites/${siteId}${path}`;

function headersOf({ status, headers }: Response): Record<string, string> {
  const names = [...SHOWN_HEADERS, ...(status === 429 ? FIGURES : [])];
  return Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? ""]] : [])));
}

/** The body of an answer as a batch shows it: what is no JSON, such as CSV, by its text. */
function bodyOf({ headers }: Response, bytes: Uint8Array): Record<string, unknown> | null {
  if (bytes.length === 0) return null;
  const text = new TextDecoder().decode(bytes);
  return headers.get("Content-Type")?.startsWith("application/json") ? JSON.parse(text) : { text };
}

/** The answer to an operation that is not carried out since nobody could be told what came of it. */
function tooMuch(ctx: Ctx) {
  const message = "The results before this one fill the answer. Send the operation in another batch.";
  const { status, body } = contentSurface.error(new DomainError("payload_too_large", message), ctx);
  return { status, headers: {}, body: JSON.parse(JSON.stringify(body)) };
}

/** Whether the same operation may come to something else later: it was denied, or something has failed. */
const mayPass = ({ status, headers }: BatchResult): boolean =>
  status === 401 || status >= 500 || headers["Retry-After"] !== undefined;

/**
 * Carries out operations one after the other, each as a call of its own; one that fails stops none of the others.
 * `isFinal` is false where carrying them out again under the same Idempotency-Key may come to more.
 */
export async function runBatch(ctx: Ctx, { siteId, operations, within }: Batch) {
  const results: BatchResult[] = [];
  let bytes = 0;
  for (const [index, { method, path, body, headers = {} }] of operations.entries()) {
    const at = { index, method, path };
    if (bytes > MAX_RESULTS_BYTES) {
      results.push({ ...at, ...tooMuch(ctx) });
      continue;
    }
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const response = await within({ index, method, path: wholePath(siteId, path), body: sent, headers });
    const answer = new Uint8Array(await response.arrayBuffer());
    bytes += answer.length;
    results.push({ ...at, status: response.status, headers: headersOf(response), body: bodyOf(response, answer) });
  }
  const failed = results.filter(({ status }) => status >= 400).length;
  const summary = { total: results.length, succeeded: results.length - failed, failed };
  return { answer: { results, summary }, isFinal: bytes <= MAX_KEPT_BYTES && !results.some(mayPass) };
}
