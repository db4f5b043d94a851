import { and, eq, sql } from "drizzle-orm";
import { insertSelect } from "../../core/storage/names.ts";
import { isListed, ownedBy, scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { mediaUses } from "./table.ts";

/** Something whose content may name files. */
export interface Place {
  /** As events name it: `page`, `post`, `product`, `site`. */
  type: string;
  id: string | number;
  siteId: string | null;
}

const ADDRESS = /\/media\/(med_[0-9A-HJKMNP-TV-Z]{26})(?![0-9A-Z])/g;

/** The files that a content names by their addresses, wherever in it they stand. */
const filesIn = (content: object | null): Set<string> =>
  new Set(content === null ? [] : [...JSON.stringify(content).matchAll(ADDRESS)].map(([, id]) => id as string));

/**
 * Stages which files a place uses from now on: those of `after`, where it used those of `before`; `null` for what is not
 * there. What has not changed costs nothing, and files are asked about without reading a page.
 */
export function stageUses(ctx: Ctx, { type, id, siteId }: Place, before: object | null, after: object | null): void {
  const placeId = String(id);
  const [had, has] = [filesIn(before), filesIn(after)];
  // A file's own address is no use of it.
  has.delete(placeId);
  const lost = [...had].filter((it) => !has.has(it));
  const gained = [...has].filter((it) => !had.has(it));
  if (lost.length > 0) {
    const isHere = and(eq(mediaUses.place, type), eq(mediaUses.placeId, placeId));
    ctx.unit.stage(ctx.db.delete(mediaUses).where(scoped(ctx, mediaUses, isHere, isListed(mediaUses.mediaId, lost))));
  }
  if (gained.length === 0) return;
  const row = { mediaId: sql`value`, place: type, placeId, ...ownedBy(ctx), siteId };
  ctx.unit.stage(
    insertSelect(mediaUses, row, sql`FROM json_each(${JSON.stringify(gained)})`, { onConflict: "ignore" }),
  );
}
