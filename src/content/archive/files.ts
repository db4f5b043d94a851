import { putExactly } from "../../core/storage/put-exactly.ts";
import { and, eq, isNull } from "drizzle-orm";
import { DomainError, invalid, notFound } from "../../core/errors.ts";
import { rangeOf } from "../../core/http/range.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { standsFor } from "../../core/tenancy/api-keys/standing.ts";
import { apiKeys } from "../../core/tenancy/api-keys/table.ts";
import { workspaces } from "../../core/tenancy/workspaces/table.ts";
import type { Env } from "../../env.ts";
import { reached, uploadsAbove } from "./bucket.ts";
import { type Grant, grantOf } from "./token.ts";

/** Bytes of an uploaded file: the most that the platform lets through on every plan. */
export const MAX_UPLOAD_BYTES = 100 * 1024 ** 2;

/** What may lie there to be imported, of one environment of a workspace: it is no part of the plan's storage. */
const MAX_WAITING_BYTES = 50 * MAX_UPLOAD_BYTES;

/** Refuses a file for which there is no room beside those that wait already. */
async function requireRoom(env: Env, { key }: Grant, size: number, atMost: number): Promise<void> {
  const { objects, truncated } = await reached(() => env.PUBLISHED.list({ prefix: uploadsAbove(key) }));
  const waiting = objects.reduce((sum, it) => sum + it.size, 0);
  if (!truncated && waiting + size <= atMost) return;
  const message = "Too much is waiting to be imported. What was uploaded is deleted after seven days.";
  throw new DomainError("conflict", message, { reason: "too_many_uploads" });
}

/** An address ends with the key it was given to, and with its workspace. */
async function requireStanding(env: Env, { keyId, workspaceId }: Grant, now: number): Promise<void> {
  const db = databaseOf(env, workspaceId);
  const isThere = and(eq(workspaces.id, workspaceId), isNull(workspaces.deletedAt));
  const [workspace] = await db.select({ id: workspaces.id }).from(workspaces).where(isThere);
  if (!workspace) throw notFound("Archive");
  if (keyId === null) return;
  const stands = and(eq(apiKeys.id, keyId), standsFor(apiKeys, workspaceId, now));
  const [key] = await db.select({ id: apiKeys.id }).from(apiKeys).where(stands);
  if (!key) throw notFound("Archive");
}

/** The archive an address leads to. Ranges are answered, so that a download can be gone on with. */
export async function download(env: Env, token: string, request: Request, now: number): Promise<Response> {
  const grant = await grantOf(env, token, "download", now);
  await requireStanding(env, grant, now);
  const head = await reached(() => env.PUBLISHED.head(grant.key));
  if (!head) throw notFound("Archive");
  const { size, httpEtag: etag } = head;
  const headers = new Headers({
    "Content-Type": "application/zip",
    "Content-Disposition": `attachment; filename="${grant.key.split("/").at(-1)}"`,
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
    ETag: etag,
  });
  const range = rangeOf(request.headers, { size, etag });
  if (range === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Length", String(range?.length ?? size));
  if (range) headers.set("Content-Range", `bytes ${range.offset}-${range.offset + range.length - 1}/${size}`);
  const object = await reached(() => env.PUBLISHED.get(grant.key, range ? { range } : {}));
  if (!object) throw notFound("Archive");
  return new Response(object.body, { status: range ? 206 : 200, headers });
}

/** Keeps a file that was announced. An address takes one, and nothing of it is there unless all of it has come. */
export async function upload(
  env: Env,
  token: string,
  request: Request,
  { now, maxWaitingBytes = MAX_WAITING_BYTES }: { now: number; maxWaitingBytes?: number },
): Promise<void> {
  const grant = await grantOf(env, token, "upload", now);
  await requireStanding(env, grant, now);
  const size = Number(request.headers.get("Content-Length"));
  const { body } = request;
  if (!body || !Number.isSafeInteger(size) || size <= 0)
    throw invalid("Content-Length", "must say how long the file is");
  if (size > MAX_UPLOAD_BYTES) {
    throw new DomainError("payload_too_large", `A file may have ${MAX_UPLOAD_BYTES} bytes.`, {
      maxBytes: MAX_UPLOAD_BYTES,
    });
  }
  await requireRoom(env, grant, size, maxWaitingBytes);
  const kept = await putExactly(env.PUBLISHED, grant.key, { rest: body, size });
  if (!kept) throw new DomainError("conflict", "This address has been used.", { reason: "upload_used" });
}
