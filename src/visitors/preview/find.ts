import { eq } from "drizzle-orm";
import { asShown } from "../../content/live/site.ts";
import { givenFor, picturesOfSettings } from "../../content/deployments/service/given.ts";
import { pendingOf } from "../../content/previews/service/pending.ts";
import { standingByHash } from "../../content/previews/service/standing.ts";
import type { PreviewRow } from "../../content/previews/table.ts";
import { hashToken, isPossibleToken, PREVIEW_PATH } from "../../content/previews/token.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import type { Env } from "../../env.ts";
import { sellsAnything } from "../../content/live/public.ts";
import type { PublicSite } from "../site.ts";

/** A preview that somebody may look at, and the site as it shows it. */
export interface ShownPreview {
  preview: PreviewRow;
  row: typeof sites.$inferSelect;
  site: PublicSite;
}

/** What addresses of a site begin with, as authors write them. */
function homesOf({ slug, domain }: PublicSite["site"], origin: string): string[] {
  const hosts = [`${new URL(origin).host}/s/${slug}`, ...(domain === null ? [] : [domain])];
  return [`/s/${slug}`, ...hosts.flatMap((host) => [`https://${host}`, `http://${host}`, `//${host}`])];
}

/** The preview a link leads to. Nothing of it is remembered: each look asks anew. `null` for every link that leads nowhere. */
export async function findPreview(
  env: Env,
  { token, origin, now }: { token: string; origin: string; now: number },
): Promise<ShownPreview | null> {
  if (!isPossibleToken(token)) return null;
  const db = databaseOf(env, 0);
  const preview = await standingByHash(db, await hashToken(token), now);
  if (!preview) return null;
  const [found] = await db
    .select({ row: sites, sells: sellsAnything })
    .from(sites)
    .where(scoped({ caller: preview }, sites, eq(sites.id, preview.siteId)));
  if (!found) return null;
  const { row } = found;
  const pending = await pendingOf(db, row, preview);
  const looker = { db, caller: preview };
  const shown = { ...asShown(row, null), pictures: await picturesOfSettings(looker, row) };
  const base = `${PREVIEW_PATH}/${token}`;
  const publicBase = shown.domain === null ? `/s/${row.slug}` : "";
  const overview = preview.pageId === null ? base : null;
  const note = { expiresAt: preview.expiresAt, overview, homes: homesOf(shown, origin) };
  const given = (documents: readonly string[]) => givenFor(looker, row.id, documents);
  const draft = { pending, given, publicBase, note };
  const tenant = { workspaceId: row.workspaceId, environment: row.environment };
  const site = { siteId: row.id, number: pending.number, site: shown, base, draft, tenant, hasShop: found.sells === 1 };
  return { preview, row, site };
}
