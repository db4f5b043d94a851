import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import type { SoldProduct } from "../../../rendering/shop/product.ts";
import { rated } from "../../reviews/rated.ts";
import { isShown, SHOWN, soldOf } from "./shown.ts";
import { products } from "./table.ts";

/** Which products are asked for: by their slugs, in this order, or the newest ones, of one category or of all. */
export interface Wanted {
  products: readonly string[];
  category: string;
  limit: number;
}

/** Terms of a compound SELECT (D1). */
const MAX_TERMS = 5;

/** The ids of what one question asks for. */
function idsOf(siteId: string, { products: slugs, category, limit }: Wanted): SQL {
  const isWanted = and(
    isShown(siteId),
    slugs.length > 0 ? isListed(products.slug, slugs) : undefined,
    category === "" ? undefined : eq(products.category, category),
  );
  return sql`SELECT * FROM (SELECT ${products.id} FROM ${products} WHERE ${isWanted}
    ORDER BY ${desc(products.createdAt)}, ${desc(products.id)} LIMIT ${limit})`;
}

type Found = SoldProduct & { category: string | null; createdAt: number };

/** What of all that was found is the answer to one question. */
function answerTo({ products: slugs, category, limit }: Wanted, found: readonly Found[]): SoldProduct[] {
  const ofCategory = category === "" ? found : found.filter((it) => it.category === category);
  const wanted =
    slugs.length > 0 ? slugs.flatMap((slug) => ofCategory.find((it) => it.slug === slug) ?? []) : ofCategory;
  return wanted.slice(0, limit);
}

async function askedAtOnce(db: ReadDatabase, siteId: string, wanted: readonly Wanted[]): Promise<SoldProduct[][]> {
  const ids = sql.join(
    wanted.map((it) => idsOf(siteId, it)),
    sql` UNION ALL `,
  );
  const rows = await db
    .select({ ...SHOWN, category: products.category, createdAt: products.createdAt })
    .from(products)
    .where(sql`${products.id} IN (${ids})`)
    .orderBy(desc(products.createdAt), desc(products.id));
  const found = await rated(
    db,
    siteId,
    rows.map(({ category, createdAt, ...row }) => ({ ...soldOf(row), category, createdAt })),
  );
  return wanted.map((it) => answerTo(it, found));
}

/** The active products that several questions ask for, each answered by its own. One query for every five of them. */
export async function queryShown(
  db: ReadDatabase,
  siteId: string,
  wanted: readonly Wanted[],
): Promise<SoldProduct[][]> {
  const parts = Array.from({ length: Math.ceil(wanted.length / MAX_TERMS) }, (_, index) =>
    askedAtOnce(db, siteId, wanted.slice(index * MAX_TERMS, (index + 1) * MAX_TERMS)),
  );
  return (await Promise.all(parts)).flat();
}
