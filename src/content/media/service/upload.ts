import { eq, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { now as clock } from "../../../core/clock.ts";
import { stillStands } from "../../../core/access/key-rows.ts";
import { DomainError, invalid, notFound } from "../../../core/errors.ts";
import { timestamp } from "../../../core/fields.ts";
import { newId } from "../../../core/ids.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { seal, unseal } from "../../../core/vault.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import type { Env } from "../../../env.ts";
import { findSite } from "../../sites/service.ts";
import { deleteBelow, fileKey } from "../bucket.ts";
import type { Media, UploadSchema, UploadUrlSchema } from "../contract.ts";
import { nameFor } from "../filename.ts";
import { receive } from "../store.ts";
import { mediaUploads } from "../table.ts";
import { bareType, type ContentType } from "../types.ts";
import { fill } from "./add.ts";
import { keepRoom, UPLOAD_MS } from "./room.ts";

/** What an address was made for. It is sealed into the address itself, for this upload and no other. */
interface Promised {
  contentType: ContentType;
  size: number;
  expiresAt: number;
}

const contextOf = (id: string): string => `upload:${id}`;

/** Keeps room for a file, and answers the signed address its bytes go to. */
export async function createUpload({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof UploadUrlSchema> & { siteId: string };
}): Promise<z.output<typeof UploadSchema>> {
  const { siteId, size, contentType } = input;
  await findSite(ctx, siteId);
  const id = newId("med", ctx.now);
  const promised: Promised = { contentType, size, expiresAt: ctx.now + UPLOAD_MS };
  keepRoom(ctx, { id, siteId, filename: nameFor(input.filename, contentType), size });
  const token = await seal(ctx.env, contextOf(id), JSON.stringify(promised));
  return {
    id,
    uploadUrl: `${ctx.origin}/v1/uploads/${id}?token=${token}`,
    method: "PUT",
    headers: { "Content-Type": contentType },
    expiresAt: timestamp(promised.expiresAt),
  };
}

/** Forged, expired, used and unknown addresses are all the same to whoever calls them. */
const gone = (): DomainError => notFound("Upload");

/** What the address promises; throws for one that was changed, or whose time is over. */
async function promiseOf(env: Env, id: string, token: string): Promise<Promised> {
  let opened: string;
  try {
    opened = await unseal(env, contextOf(id), token);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw gone();
  }
  const promised = JSON.parse(opened) as Promised;
  if (promised.expiresAt <= clock()) throw gone();
  return promised;
}

/** Refuses what says of itself that it is not what was promised. */
function checkHeaders({ headers }: Request, { contentType, size }: Promised): void {
  const type = bareType(headers.get("Content-Type") ?? "");
  if (type !== contentType) throw invalid("Content-Type", `must be ${contentType}, as the address was made for`);
  const length = headers.get("Content-Length");
  if (length !== null && Number(length) !== size) {
    throw invalid("Content-Length", `must be ${size}, as the address was made for`);
  }
}

/** Takes the bytes of an upload: streamed, once, for as long as the key that asked for the address may call. */
export async function receiveUpload(env: Env, id: string, token: string, request: Request): Promise<Media> {
  const promised = await promiseOf(env, id, token);
  const [row] = await databaseOf(env, 0).select().from(mediaUploads).where(eq(mediaUploads.id, id));
  if (!row || row.dueAt <= clock()) throw gone();
  checkHeaders(request, promised);
  const { size, contentType: declared } = promised;
  if (!request.body) throw new DomainError("bad_request", "There is no file in the request.");
  const { workspaceId, siteId, keyId } = row;
  if (keyId !== null) await requireStanding(env, { workspaceId, keyId });
  const arrived = await receive({ body: request.body, size, declared, field: "file" });
  const ctx = jobContext(env, row, row.actor, clock());
  const file = await fill(ctx, { ...row, field: "file" }, arrived);
  if (keyId !== null) ctx.unit.require(stillStands({ workspaceId, keyId }, clock()), gone());
  try {
    await ctx.unit.commit();
  } catch (error) {
    // A commit that gave no answer may have been made: what it left then is collected, should it be nobody's.
    const isRefused = error instanceof DomainError && error.code !== "unavailable";
    if (isRefused) await deleteBelow(env, fileKey(siteId, id));
    throw error;
  }
  return file;
}

/** Nothing is read for a key that was ended since. */
async function requireStanding(env: Env, key: { workspaceId: number; keyId: number }): Promise<void> {
  const db = databaseOf(env, key.workspaceId);
  const [found] = await db.select({ stands: sql<number>`${stillStands(key, clock())}` }).from(sql`(SELECT 1)`);
  if (!found?.stands) throw gone();
}
