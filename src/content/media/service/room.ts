import { and, eq, gt, sql } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { requireRoom } from "../../../core/limits/room.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { mediaUploads } from "../table.ts";

/** How long a signed address takes its file, and how long after that an upload under way may go on. */
export const UPLOAD_MS = 15 * 60_000;
const GRACE_MS = 60 * 60_000;

export interface Wanted {
  id: string;
  siteId: string;
  filename: string;
  /** Bytes. */
  size: number;
}

/**
 * Stages that the plan's storage is kept for an upload, until it is a file or due to be collected. Refused by the commit
 * when there is none left: the counter is that of all files and all uploads together.
 */
export function keepRoom(ctx: Ctx, wanted: Wanted): void {
  const { actor, keyId } = ctx.caller;
  const dueAt = ctx.now + UPLOAD_MS + GRACE_MS;
  requireRoom(ctx, "storage", { amount: wanted.size });
  ctx.unit.stage(ctx.db.insert(mediaUploads).values({ ...wanted, ...ownedBy(ctx), actor, keyId, dueAt }));
}

/** Stages that an upload has come to its end: its room is the file's, staged beside it. Once, whoever else tries. */
export function takeRoom(ctx: Ctx, id: string): void {
  const isIt = eq(mediaUploads.id, id);
  const isOpen = and(isIt, gt(mediaUploads.dueAt, ctx.now));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${mediaUploads} WHERE ${isOpen})`, notFound("Upload"));
  ctx.unit.stage(ctx.db.delete(mediaUploads).where(isIt));
}
