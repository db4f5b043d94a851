import { eq, sql } from "drizzle-orm";
import { DomainError } from "../../../core/errors.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { stageRemoval } from "../../../core/work/versioned.ts";
import { findItem } from "../../resource/find.ts";
import { MEDIA } from "../resource.ts";
import { media, mediaUploads, mediaUses } from "../table.ts";
import { isUsed, usesOf } from "./uses.ts";

export interface RemoveMediaInput {
  siteId: string;
  id: string;
  /** Deletes it wherever it is used. */
  force: boolean;
  expectedVersions?: ExpectedVersions;
}

/**
 * Deletes a file. One that is used is kept unless that is forced: the commit looks once more, so that nobody comes to use
 * it meanwhile. Its bytes are collected after the commit; nobody is served them any more.
 */
export async function removeMedia({ ctx, input }: { ctx: Ctx; input: RemoveMediaInput }): Promise<void> {
  const { siteId, id, force, expectedVersions = null } = input;
  const before = await findItem(ctx, { table: media, label: "Media" }, { siteId, id });
  if (!force) await requireUnused(ctx, id);
  stageRemoval(ctx, media, before, expectedVersions);
  const { filename } = before;
  const { actor, keyId } = ctx.caller;
  const left = { id, ...ownedBy(ctx), siteId, filename, size: 0, actor, keyId, dueAt: ctx.now };
  ctx.unit.stage(ctx.db.delete(mediaUses).where(eq(mediaUses.mediaId, id)), ctx.db.insert(mediaUploads).values(left));
  const deleted = MEDIA.verbs.show(ctx, before);
  if (MEDIA.events.deleted) ctx.unit.emit(MEDIA.events.deleted, deleted, siteId);
  ctx.unit.audit("media.deleted", { type: "media", id, before: deleted });
}

async function requireUnused(ctx: Ctx, id: string): Promise<void> {
  const [found] = await ctx.db.select({ isUsed: sql<number>`${isUsed(ctx, id)}` }).from(sql`(SELECT 1)`);
  if (found?.isUsed) {
    const { uses, hasMore } = await usesOf(ctx, id);
    const named = uses.slice(0, 5).map((it) => `${it.type} ${it.id}`);
    const where = named.length > 0 ? ` by ${named.join(", ")}${uses.length > 5 || hasMore ? " and others" : ""}` : "";
    throw new DomainError("conflict", `The file is used${where}. Delete it anyway with force=true.`, {
      reason: "media_in_use",
      uses,
    });
  }
  ctx.unit.require(sql`NOT ${isUsed(ctx, id)}`);
}
