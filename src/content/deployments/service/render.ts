import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { ConcurrentChange } from "../../../core/errors.ts";
import { sha256 } from "../../../core/sha256.ts";
import { insertSelect } from "../../../core/storage/names.ts";
import { renderDocument } from "../../../rendering/document.ts";
import { Notes } from "../../../rendering/notes.ts";
import { documentKey, putRendered, uploadKey } from "../bucket.ts";
import {
  DOCUMENT_JSON,
  doc,
  fromDocuments,
  hasSameBlocks,
  hasSamePictures,
  isSame,
  type Selection,
} from "../documents.ts";
import { givenFor } from "./given.ts";
import { type DocumentKind, discardedObjects, frozenPages, renders } from "../table.ts";

/** How long what is uploaded is kept for the commit that will refer to it. */
const UPLOAD_MS = 2 * 60 * 60_000;

/** Documents held at once: a page may have 800 kB, the isolate has 128 MB. */
const CHUNK = 20;

const MAX_PARAMETER = 600_000;

interface Pending {
  kind: DocumentKind;
  id: string;
  version: number;
  json: string;
  /** Key of what the page's last deployment shows. */
  former: string | null;
}

/** Whether a render is that of `doc` as it is now, made for this deployment. */
export const isRenderOf = (deploymentId: string, siteId: string): SQL => sql`${renders.deploymentId} = ${deploymentId}
  AND ${renders.pageId} = ${doc.id} AND ${renders.pageVersion} = ${doc.version}
  AND ${hasSameBlocks(renders.notes, sql`${siteId}`)}`;

/** The documents that neither an earlier deployment nor this one has rendered as they are now. */
const pending = (selection: Selection, deploymentId: string) => sql`${fromDocuments(selection)}
  WHERE NOT EXISTS (SELECT 1 FROM ${frozenPages} WHERE ${frozenPages.siteId} = ${selection.siteId}
    AND ${isSame} AND ${frozenPages.rendered} IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM ${renders} WHERE ${isRenderOf(deploymentId, selection.siteId)})`;

/** How many documents have to be rendered before the site can be published. */
export async function countPending(ctx: Ctx, selection: Selection, deploymentId: string): Promise<number> {
  const [row] = await ctx.db.all<{ n: number }>(sql`SELECT count(*) AS n ${pending(selection, deploymentId)}`);
  return row?.n ?? 0;
}

/**
 * Renders what is to be rendered for a deployment, at most `limit` documents, and keeps it in the bucket; answers how many
 * there were. One whose HTML is what it was before is not written again. Can be repeated: what is done stays done.
 */
export async function renderPending(
  ctx: Ctx,
  selection: Selection,
  deploymentId: string,
  limit: number,
): Promise<number> {
  const found = await ctx.db.all<{ id: string }>(sql`SELECT ${doc.id} ${pending(selection, deploymentId)}
    ORDER BY ${doc.place} LIMIT ${limit}`);
  if (found.length === 0) return 0;
  const prefix = uploadKey(selection.siteId, deploymentId);
  await noteUpload(ctx, prefix);
  for (let start = 0; start < found.length; start += CHUNK) {
    const ids = found.slice(start, start + CHUNK).map(({ id }) => id);
    const rows = await ctx.db.all<Pending>(sql`SELECT ${doc.kind}, ${doc.id}, ${doc.version}, ${DOCUMENT_JSON} AS json,
      (SELECT ${frozenPages.rendered} FROM ${frozenPages} WHERE ${frozenPages.siteId} = ${selection.siteId}
        AND ${frozenPages.pageId} = ${doc.id} ORDER BY ${frozenPages.firstNumber} DESC LIMIT 1) AS former
      ${fromDocuments(selection, ids)}`);
    await upload(ctx, { siteId: selection.siteId, prefix, deploymentId }, rows);
  }
  return found.length;
}

/** Before anything is uploaded, it is written down when it goes unless a deployment refers to it. */
async function noteUpload(ctx: Ctx, prefix: string): Promise<void> {
  const dueAt = ctx.now + UPLOAD_MS;
  const [noted] = await ctx.db
    .insert(discardedObjects)
    .values({ key: prefix, dueAt })
    .onConflictDoUpdate({ target: discardedObjects.key, set: { dueAt }, setWhere: gt(discardedObjects.dueAt, 0) })
    .returning({ key: discardedObjects.key });
  // What was uploaded earlier is being deleted: once it is gone, the publish begins again.
  if (!noted) throw new ConcurrentChange();
}

async function upload(
  ctx: Ctx,
  { siteId, prefix, deploymentId }: { siteId: string; prefix: string; deploymentId: string },
  rows: Pending[],
): Promise<void> {
  const given = await givenFor(
    ctx,
    siteId,
    rows.map(({ json }) => json),
  );
  const documents = await Promise.all(
    rows.map(async ({ kind, id, json, former }) => {
      const notes = new Notes();
      const text = JSON.stringify(renderDocument(kind, json, notes, given));
      const digest = await sha256(text);
      // A document's objects are its own, so that none is needed by another when it is deleted.
      const isKept = former?.endsWith(`-${digest}`) === true;
      return { key: isKept ? former : documentKey(prefix, id, digest), text: isKept ? null : text, notes: notes.kept };
    }),
  );
  await Promise.all(documents.map(async ({ key, text }) => text !== null && (await putRendered(ctx.env, key, text))));
  const values = rows.map(({ id, version }, index) => {
    const { key, notes = null } = documents[index] ?? {};
    return [id, version, key, notes];
  });
  const made = {
    pageId: sql`value ->> 0`,
    pageVersion: sql`value ->> 1`,
    key: sql`value ->> 2`,
    notes: sql`value ->> 3`,
  };
  for (const part of parts(values.map((it) => JSON.stringify(it)))) {
    const from = sql`FROM json_each(${`[${part.join()}]`})`;
    await ctx.db.run(insertSelect(renders, { deploymentId, ...made }, from, { onConflict: "replace" }));
  }
}

/** Texts by as many as one parameter holds: D1 takes 2 MB, a character may be three bytes. */
function parts(texts: string[]): string[][] {
  const all: string[][] = [[]];
  let size = 0;
  for (const text of texts) {
    size += text.length;
    if (size > MAX_PARAMETER && size > text.length) {
      all.push([]);
      size = text.length;
    }
    all.at(-1)?.push(text);
  }
  return all;
}

/**
 * Stages that what was uploaded for the deployment is its own; the commit fails if it has been given up meanwhile. A
 * deployment of several runs may have uploaded pages that changed before it was complete, and a twin of its last run may
 * still be uploading: its objects stay noted, and those no page refers to go when their time has come. Pages that changed
 * meanwhile fail the commit by their revision; those whose pictures alone did, which a single run looks for among pages that have any, here.
 */
export function stageUploaded(ctx: Ctx, selection: Selection, deploymentId: string, isFirstRun: boolean): void {
  const isOfUpload = eq(discardedObjects.key, uploadKey(selection.siteId, deploymentId));
  const isRendered = eq(renders.deploymentId, deploymentId);
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${renders} WHERE ${isRendered})
    OR EXISTS (SELECT 1 FROM ${discardedObjects} WHERE ${isOfUpload} AND ${discardedObjects.dueAt} > 0)`);
  ctx.unit.require(
    isFirstRun
      ? sql`NOT EXISTS (SELECT 1 FROM ${frozenPages} WHERE ${and(eq(frozenPages.siteId, selection.siteId), isNull(frozenPages.endNumber))}
          AND NOT ${hasSamePictures} AND +${frozenPages.pageId} IN (SELECT ${doc.id} ${pending(selection, deploymentId)}))`
      : sql`NOT EXISTS (SELECT 1 ${pending(selection, deploymentId)})`,
  );
  ctx.unit.stage(ctx.db.delete(renders).where(isRendered));
  if (isFirstRun) ctx.unit.stage(ctx.db.delete(discardedObjects).where(isOfUpload));
}
