import { sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { ConcurrentChange } from "../../../core/errors.ts";
import { sha256 } from "../../../core/sha256.ts";
import { renderDocument } from "../../../rendering/document.ts";
import { putRendered, uploadKey } from "../bucket.ts";
import { DOCUMENT_JSON, documents, isSame, type Selection } from "../documents.ts";
import { renders, type DocumentKind } from "../table.ts";

/** How long what is uploaded is kept for the commit that will refer to it. */
const UPLOAD_MS = 2 * 60 * 60_000;

/** Documents held at once: a page may have 800 kB, the isolate has 128 MB. */
const CHUNK = 20;

interface Pending {
  kind: DocumentKind;
  id: string;
  version: number;
  json: string;
  /** Key of what the page's last deployment shows. */
  former: string | null;
}

/** The documents that neither an earlier deployment nor this one has rendered as they are now. */
const pending = (selection: Selection, deploymentId: string) => sql`FROM (${documents(selection)}) d
  WHERE NOT EXISTS (SELECT 1 FROM frozen_pages f WHERE f.site_id = ${selection.siteId} AND ${isSame} AND f.rendered IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM renders r WHERE r.deployment_id = ${deploymentId} AND r.page_id = d.id AND r.page_version = d.version)`;

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
  const found = await ctx.db.all<{ id: string }>(sql`SELECT d.id ${pending(selection, deploymentId)}
    ORDER BY d.place LIMIT ${limit}`);
  if (found.length === 0) return 0;
  const prefix = uploadKey(selection.siteId, deploymentId);
  await noteUpload(ctx, prefix);
  for (let start = 0; start < found.length; start += CHUNK) {
    const ids = found.slice(start, start + CHUNK).map(({ id }) => id);
    const rows = await ctx.db.all<Pending>(sql`SELECT d.kind, d.id, d.version, ${DOCUMENT_JSON} AS json,
      (SELECT f.rendered FROM frozen_pages f WHERE f.site_id = ${selection.siteId} AND f.page_id = d.id
        ORDER BY f.first_number DESC LIMIT 1) AS former FROM (${documents(selection, ids)}) d`);
    await upload(ctx, prefix, deploymentId, rows);
  }
  return found.length;
}

/** Before anything is uploaded, it is written down when it goes unless a deployment refers to it. */
async function noteUpload(ctx: Ctx, prefix: string): Promise<void> {
  const dueAt = ctx.now + UPLOAD_MS;
  const [noted] = await ctx.db.all(sql`INSERT INTO discarded_objects (key, due_at) VALUES (${prefix}, ${dueAt})
    ON CONFLICT (key) DO UPDATE SET due_at = ${dueAt} WHERE due_at > 0 RETURNING key`);
  // What was uploaded earlier is being deleted: once it is gone, the publish begins again.
  if (!noted) throw new ConcurrentChange();
}

async function upload(ctx: Ctx, prefix: string, deploymentId: string, rows: Pending[]): Promise<void> {
  const made = await Promise.all(
    rows.map(async ({ kind, id, json, former }) => {
      const text = JSON.stringify(renderDocument(kind, json));
      const digest = await sha256(text);
      // A document's objects are its own, so that none is needed by another when it is deleted.
      const isKept = former?.endsWith(`-${digest}`) === true;
      return { key: isKept ? former : `${prefix}${id}-${digest}`, text: isKept ? null : text };
    }),
  );
  await Promise.all(made.map(async ({ key, text }) => text !== null && (await putRendered(ctx.env, key, text))));
  const values = rows.map(({ id, version }, index) => [id, version, made[index]?.key]);
  await ctx.db.run(sql`INSERT OR REPLACE INTO ${renders} (deployment_id, page_id, page_version, key)
    SELECT ${deploymentId}, value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(values)})`);
}

/**
 * Stages that what was uploaded for the deployment is its own; the commit fails if it has been given up meanwhile. A
 * deployment of several runs may have uploaded pages that changed before it was complete, and a twin of its last run may
 * still be uploading: its objects stay noted, and those no page refers to go when their time has come.
 */
export function stageUploaded(ctx: Ctx, selection: Selection, deploymentId: string, isFirstRun: boolean): void {
  const isOfUpload = sql`key = ${uploadKey(selection.siteId, deploymentId)}`;
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM renders WHERE deployment_id = ${deploymentId})
    OR EXISTS (SELECT 1 FROM discarded_objects WHERE ${isOfUpload} AND due_at > 0)`);
  if (!isFirstRun) ctx.unit.require(sql`NOT EXISTS (SELECT 1 ${pending(selection, deploymentId)})`);
  ctx.unit.stage(sql`DELETE FROM renders WHERE deployment_id = ${deploymentId}`);
  if (isFirstRun) ctx.unit.stage(sql`DELETE FROM discarded_objects WHERE ${isOfUpload}`);
}
