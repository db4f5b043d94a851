import { newId } from "../../../core/ids.ts";
import { madeOf } from "../../../core/storage/folded.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { madeBy } from "../../../core/work/keeping.ts";
import type { Env } from "../../../env.ts";
import { findSite } from "../../sites/service.ts";
import { deleteBelow, fileKey } from "../bucket.ts";
import type { Media } from "../contract.ts";
import { nameFor, urlOf } from "../filename.ts";
import { inspectPicture, type Looks, NO_LOOKS } from "../inspect.ts";
import { MEDIA } from "../resource.ts";
import { type Arrived, type Incoming, receive } from "../store.ts";
import { media } from "../table.ts";
import { typeOf } from "../types.ts";
import { apart } from "./apart.ts";
import { discard } from "./collect.ts";
import { keepRoom, takeRoom } from "./room.ts";

/** What is said of a file besides its bytes. */
export interface Said {
  filename: string;
  alt?: string | undefined;
  folder?: string | null | undefined;
}

/**
 * Stores a file and stages what makes it one, with its event. `body` is streamed: nothing of it is kept unless all has
 * come and is what it was said to be. The bytes lie in the bucket before the caller's commit; if that never happens,
 * they are collected.
 */
export async function addMedia({
  ctx,
  input,
}: {
  ctx: Ctx;
  /** `id` for a file whose id is known before: an import that is done again makes the same one. */
  input: Said & Incoming & { siteId: string; id?: string };
}): Promise<Media> {
  const { siteId, size } = input;
  await findSite(ctx, siteId);
  const arrived = await receive(input);
  const id = input.id ?? newId("med", ctx.now);
  const filename = nameFor(input.filename, arrived.contentType);
  const before = apart(ctx);
  keepRoom(before, { id, siteId, filename, size });
  await before.unit.commit();
  try {
    return await fill(ctx, { ...input, id, filename }, arrived);
  } catch (error) {
    await discard(ctx.env, { id, siteId, workspaceId: ctx.caller.workspaceId });
    throw error;
  }
}

/** Puts an upload that has room into the bucket, and stages the file it becomes. */
export async function fill(
  ctx: Ctx,
  said: Said & { id: string; siteId: string; size: number; field: string },
  arrived: Arrived,
): Promise<Media> {
  const { id, siteId, size, field } = said;
  const { contentType } = arrived;
  const filename = nameFor(said.filename, contentType);
  await arrived.put(ctx.env, { siteId, mediaId: id });
  const { type } = typeOf(contentType);
  const looks = type === "image" ? await looksOf(ctx.env, { siteId, mediaId: id, size, field }) : NO_LOOKS;
  const own = {
    ...{ filename, url: urlOf(id, filename), type, contentType, size, ...looks },
    ...{ alt: said.alt ?? "", focalPoint: null, folder: said.folder ?? null },
  };
  const times = { version: 1, change: madeBy(ctx), createdAt: ctx.now, updatedAt: ctx.now };
  const row = { id, ...ownedBy(ctx), siteId, folded: null, ...own, ...madeOf(media, own), ...times };
  takeRoom(ctx, id);
  ctx.unit.stage(ctx.db.insert(media).values(row));
  const file = MEDIA.verbs.show(ctx, row);
  if (MEDIA.events.created) ctx.unit.emit(MEDIA.events.created, file, siteId);
  ctx.unit.audit("media.created", { type: "media", id, after: file });
  return file;
}

/** What a picture looks like. One that nobody can look at is taken out of the bucket again, so that it may be sent once more. */
async function looksOf(env: Env, at: Parameters<typeof inspectPicture>[1]): Promise<Looks> {
  try {
    return await inspectPicture(env, at);
  } catch (error) {
    await deleteBelow(env, fileKey(at.siteId, at.mediaId)).catch(() => {});
    throw error;
  }
}
