import { sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { sha256 } from "../../../core/sha256.ts";
import { renderDocument } from "../../../visitors/render/document.ts";
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
export async function countPending(ctx: Ctx, selection: Selection, deploymentId = ""): Promise<number> {
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
  let done = 0;
  while (done < limit) {
    const rows = await ctx.db.all<Pending>(sql`SELECT d.kind, d.id, d.version, ${DOCUMENT_JSON} AS json,
      (SELECT f.rendered FROM frozen_pages f WHERE f.site_id = ${selection.siteId} AND f.page_id = d.id
        ORDER BY f.first_number DESC LIMIT 1) AS former
      ${pending(selection, deploymentId)} ORDER BY d.place LIMIT ${Math.min(CHUNK, limit - done)}`);
    if (rows.length === 0) break;
    await upload(ctx, uploadKey(selection.siteId, deploymentId), deploymentId, rows);
    done += rows.length;
  }
  return done;
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
  // Before anything is there, it is written down when it goes unless a deployment refers to it.
  const dueAt = ctx.now + UPLOAD_MS;
  await ctx.db.run(sql`INSERT INTO discarded_objects (key, due_at) VALUES (${prefix}, ${dueAt})
    ON CONFLICT (key) DO UPDATE SET due_at = ${dueAt} WHERE due_at > 0`);
  await Promise.all(made.map(async ({ key, text }) => text !== null && (await putRendered(ctx.env, key, text))));
  const values = rows.map(({ id, version }, index) => [id, version, made[index]?.key]);
  await ctx.db.run(sql`INSERT OR REPLACE INTO ${renders} (deployment_id, page_id, page_version, key)
    SELECT ${deploymentId}, value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(values)})`);
}

/** Stages that what was uploaded for the deployment is its own; the commit fails if it has been given up meanwhile. */
export async function stageUploaded(ctx: Ctx, siteId: string, deploymentId: string): Promise<void> {
  const key = uploadKey(siteId, deploymentId);
  const [upload] = await ctx.db.all(sql`SELECT 1 FROM discarded_objects WHERE key = ${key}`);
  if (!upload) return;
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM discarded_objects WHERE key = ${key} AND due_at > 0)`);
  ctx.unit.stage(
    sql`DELETE FROM discarded_objects WHERE key = ${key}`,
    sql`DELETE FROM renders WHERE deployment_id = ${deploymentId}`,
  );
}
