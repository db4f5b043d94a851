import { and, eq, type InferSelectModel, sql } from "drizzle-orm";
import { ConcurrentChange, conflict } from "../../../core/errors.ts";
import { idTail } from "../../../core/ids.ts";
import { freeSlug, slugFrom } from "../../../core/storage/slug.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { categories } from "./table.ts";

type CategoryRow = InferSelectModel<typeof categories>;

/** The first free slug made from a category's name. */
export const unusedSlug = async (ctx: Ctx, { siteId, name, id }: { siteId: string; name: string; id: string }) =>
  freeSlug(ctx, {
    base: await slugFrom(name, `category-${idTail(id)}`),
    id,
    isTaken: (slug) =>
      sql`SELECT 1 FROM ${categories} WHERE ${and(eq(categories.siteId, siteId), sql`${categories.slug} = ${slug}`)}`,
  });

/** Answers for the UNIQUE indexes. A slug we made up ourselves is made up again. */
export function expectUnique(ctx: Ctx, { name, slug }: CategoryRow, isSlugMade: boolean): void {
  const taken = conflict("slug", `The slug "${slug}" is already taken.`);
  ctx.unit.onDuplicate([categories.siteId, categories.slug], isSlugMade ? new ConcurrentChange() : taken);
  ctx.unit.onDuplicate(
    [categories.siteId, categories.nameKey],
    conflict("name", `There is a category "${name}" already.`),
  );
}
