import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import { foldedText } from "../../../core/storage/folded.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import type { SoldProduct } from "../../../rendering/shop/product.ts";
import { rated } from "../../reviews/rated.ts";
import { categories } from "../categories/table.ts";
import { isShown, SHOWN, soldOf } from "./shown.ts";
import { products } from "./table.ts";

/** Which products are asked for: by their slugs, in this order, or the newest ones, of one category or of all. */
export interface Wanted {
  products: readonly string[];
  /** The slug of a category; `""` for all of them. */
  category: string;
  limit: number;
}

/** Terms of a compound SELECT (D1). */
const MAX_TERMS = 5;

/** Whether a product is in the category of a slug. */
function isInCategory(siteId: string, slug: string): SQL | undefined {
  if (slug === "") return undefined;
  const isIt = and(eq(categories.siteId, siteId), eq(categories.slug, slug));
  // As in the list of categories, the plus lets the index be used.
  const key = sql`(SELECT +${categories.nameKey} FROM ${categories} WHERE ${isIt})`;
  return sql`${foldedText(products.folded, products.category)} = ${key}`;
}

/** What one question asks for, with its number. */
function askedFor(siteId: string, { products: slugs, category, limit }: Wanted, nth: number): SQL {
  const isNamed = slugs.length > 0 ? isListed(products.slug, slugs) : undefined;
  return sql`SELECT ${nth} AS nth, * FROM (SELECT ${products.id} AS wanted FROM ${products}
    WHERE ${and(isShown(siteId), isNamed, isInCategory(siteId, category))}
    ORDER BY ${desc(products.createdAt)}, ${desc(products.id)} LIMIT ${slugs.length || limit})`;
}

async function askedAtOnce(
  db: ReadDatabase,
  siteId: string,
  wanted: readonly Wanted[],
  locale: string,
): Promise<SoldProduct[][]> {
  const all = sql.join(
    wanted.map((it, nth) => askedFor(siteId, it, nth)),
    sql` UNION ALL `,
  );
  const rows = await db
    .select({ ...SHOWN, nth: sql<number>`asked.nth` })
    .from(products)
    .innerJoin(sql`(${all}) AS asked`, sql`${products.id} = asked.wanted`)
    .orderBy(desc(products.createdAt), desc(products.id));
  const sold = await rated(
    db,
    siteId,
    rows.map(({ nth, ...row }) => ({ ...soldOf(row, locale), nth })),
  );
  return wanted.map(({ products: slugs, limit }, nth) => {
    const found = sold.filter((it) => it.nth === nth);
    const named = slugs.flatMap((slug) => found.find((it) => it.slug === slug) ?? []);
    return (slugs.length > 0 ? named : found).slice(0, limit);
  });
}

/** The active products that several questions ask for, each answered by its own. One query for every five of them. */
export async function queryShown(
  db: ReadDatabase,
  siteId: string,
  wanted: readonly Wanted[],
  locale: string,
): Promise<SoldProduct[][]> {
  const parts = Array.from({ length: Math.ceil(wanted.length / MAX_TERMS) }, (_, index) =>
    askedAtOnce(db, siteId, wanted.slice(index * MAX_TERMS, (index + 1) * MAX_TERMS), locale),
  );
  return (await Promise.all(parts)).flat();
}
