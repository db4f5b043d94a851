import { and, eq, sql } from "drizzle-orm";
import { invalid, notFound } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { findPage } from "../../pages/service/find.ts";
import { pages } from "../../pages/table.ts";
import { findSite } from "../../sites/service.ts";
import { type CreatePreview, DEFAULT_SECONDS, MAX_SECONDS, type NewPreview, toPreview } from "../contract.ts";
import { previews } from "../table.ts";
import { hashToken, newToken, PREVIEW_PATH } from "../token.ts";
import { pendingChanges } from "./pending.ts";

function expiryOf({ now }: Ctx, { expiresIn, expiresAt }: CreatePreview): number {
  if (expiresAt === undefined) return now + (expiresIn ?? DEFAULT_SECONDS) * 1_000;
  if (expiresAt <= now) throw invalid("expiresAt", "must be in the future");
  if (expiresAt > now + MAX_SECONDS * 1_000) throw invalid("expiresAt", "must be within 30 days");
  return expiresAt;
}

type Input<Of = unknown> = CreatePreview & { siteId: string } & Of;

async function createPreview(ctx: Ctx, input: Input<{ pageId: string | null }>): Promise<Omit<NewPreview, "changes">> {
  const { siteId, pageId, label = null } = input;
  const token = newToken();
  const row = {
    id: newId("prv", ctx.now),
    ...ownedBy(ctx),
    siteId,
    pageId,
    label,
    hash: await hashToken(token),
    keyId: ctx.caller.keyId,
    createdAt: ctx.now,
    expiresAt: expiryOf(ctx, input),
  };
  ctx.unit.stage(ctx.db.insert(previews).values(row));
  const preview = toPreview(row, "active");
  ctx.unit.audit("preview.created", { type: "preview", id: row.id, after: preview });
  return { ...preview, url: `${ctx.origin}${PREVIEW_PATH}/${token}` };
}

/** Makes a link to a page as a publish would show it, whatever its status, amid what else it would show. */
export async function previewPage({ ctx, input }: { ctx: Ctx; input: Input<{ pageId: string }> }): Promise<NewPreview> {
  const { siteId, pageId } = input;
  await findPage(ctx, siteId, pageId);
  const isThere = scoped(ctx, pages, and(eq(pages.id, pageId), eq(pages.siteId, siteId)));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${pages} WHERE ${isThere})`, notFound("Page"));
  return { ...(await createPreview(ctx, input)), changes: null };
}

/** Makes a link to all that publishing the site now would show, with what it would change. */
export async function previewSite({ ctx, input }: { ctx: Ctx; input: Input }): Promise<NewPreview> {
  const site = await findSite(ctx, input.siteId);
  const changes = await pendingChanges(ctx.db, site);
  return { ...(await createPreview(ctx, { ...input, pageId: null })), changes };
}
