import { eq, sql } from "drizzle-orm";
import { fold } from "../../../core/fold.ts";
import { randomIdOf } from "../../../core/ids.ts";
import { isSame } from "../../../core/storage/folded.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { changedBy, stageAllKept } from "../../../core/work/keeping.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { isoTime } from "../../pages/page-json.ts";
import { PRODUCT_JSON } from "../products/product-json.ts";
import { PRODUCTS } from "../products/resource.ts";
import { products } from "../products/table.ts";

/** Products a category is expected to have, by which the statements that tell of them are cut; more are told as well. */
const EXPECTED = 250;

/**
 * Stages another category for all products of one, whichever the commit finds: what their GET shows changes, so that each
 * keeps its version and is announced.
 */
export function stageRename(ctx: Ctx, siteId: string, { from, to }: { from: string; to: string }): void {
  const isNew = sql`${products.category} IS NOT ${to}`;
  const areThese = scoped(ctx, products, eq(products.siteId, siteId), isSame(products.category, from), isNew);
  const version = sql`${products.version} + 1`;
  const updatedAt = laterThan(products.updatedAt, ctx.now);
  const data = sql`json_set(${PRODUCT_JSON}, '$.category', ${to}, '$.version', ${version}, '$.updatedAt', ${isoTime(updatedAt)})`;
  stageAllKept(ctx, products, areThese);
  const { updated } = PRODUCTS.events;
  if (updated) {
    const from = sql`FROM ${products} WHERE ${areThese}`;
    ctx.unit.emitEach(updated, siteId, { id: randomIdOf, data, from, atMost: EXPECTED });
  }
  const folded = sql`json_set(coalesce(${products.folded}, '{}'), '$.category', ${fold(to)})`;
  const change = changedBy(ctx, { category: [products.category, sql`${to}`] });
  ctx.unit.stage(
    ctx.db
      .update(products)
      .set({ category: to, folded, change, version, updatedAt } as never)
      .where(areThese),
  );
}
