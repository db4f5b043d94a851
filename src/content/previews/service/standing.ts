import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "../../../core/storage/database.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import { heldScopes } from "../../../core/keys/reader.ts";
import { rightsAllow } from "../../../core/keys/rights.ts";
import type { Scope } from "../../../core/keys/scopes.ts";
import { standsFor } from "../../../core/tenancy/api-keys/standing.ts";
import { apiKeys, type KeyRow } from "../../../core/tenancy/api-keys/table.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { pages } from "../../pages/table.ts";
import { type PreviewRow, previews } from "../table.ts";

/** What making a preview asks for, and keeping it: a key that may do so no more shows nobody a draft. */
const scopeOf = ({ pageId }: PreviewRow): Scope => (pageId === null ? "publish:write" : "pages:write");

/** Where it was made: what a key's rights are asked about. */
const routeOf = ({ pageId }: PreviewRow): string =>
  pageId === null ? "/v1/sites/{siteId}/preview" : "/v1/sites/{siteId}/pages/{pageId}/preview";

function isInRights({ rights }: KeyRow, preview: PreviewRow): boolean {
  if (rights === null) return true;
  const route = routeOf(preview);
  const path = route.replace("{siteId}", preview.siteId).replace("{pageId}", preview.pageId ?? "");
  return rightsAllow(rights, { method: "POST", route, path, query: new URLSearchParams() });
}

/** Whether a key that works may still show this to others. */
const mayShow = (key: KeyRow, preview: PreviewRow): boolean =>
  key.accessType !== "integrations" &&
  (key.siteIds === null || key.siteIds.includes(preview.siteId)) &&
  heldScopes(key).has(scopeOf(preview)) &&
  isInRights(key, preview);

const distinct = <Value>(values: readonly (Value | null)[]): Value[] => [
  ...new Set(values.filter((value) => value !== null)),
];

/**
 * Of some previews of a workspace those whose key and page still allow them. Asked of the rows that are the truth about
 * keys and pages, not of what anybody remembers of them: whatever ends one ends it with its own commit.
 */
export async function standingAmong(db: Database, rows: readonly PreviewRow[], at: number): Promise<PreviewRow[]> {
  const workspaceId = rows[0]?.workspaceId ?? 0;
  const keyIds = distinct(rows.map(({ keyId }) => keyId));
  const pageIds = distinct(rows.map(({ pageId }) => pageId));
  const works = and(isListed(apiKeys.id, keyIds), standsFor(apiKeys, workspaceId, at));
  const isThere = isListed(pages.id, pageIds);
  const [keys, found] = await Promise.all([
    keyIds.length === 0 ? [] : db.select().from(apiKeys).where(works),
    pageIds.length === 0 ? [] : db.select({ id: pages.id, siteId: pages.siteId }).from(pages).where(isThere),
  ]);
  const keyOf = new Map(keys.map((key) => [key.id, key]));
  const siteOf = new Map(found.map(({ id, siteId }) => [id, siteId]));
  return rows.filter((row) => {
    if (row.pageId !== null && siteOf.get(row.pageId) !== row.siteId) return false;
    if (row.keyId === null) return true;
    const key = keyOf.get(row.keyId);
    return key !== undefined && mayShow(key, row);
  });
}

/** The preview of a link's hash, if it is to be shown at this moment; `null` for one that is not, for whatever reason. */
export async function standingByHash(db: Database, hash: string, at: number): Promise<PreviewRow | null> {
  const isThere = sql`EXISTS (SELECT 1 FROM ${workspaces} WHERE ${and(eq(workspaces.id, previews.workspaceId), isNull(workspaces.deletedAt))})`;
  const found = await db
    .select()
    .from(previews)
    .where(and(eq(previews.hash, hash), gt(previews.expiresAt, at), isThere));
  const [standing] = await standingAmong(db, found, at);
  return standing ?? null;
}
