import { and, asc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import { foldedText } from "../../../core/storage/folded.ts";
import { isShown } from "../products/shown.ts";
import { products } from "../products/table.ts";
import { categories } from "./table.ts";

/** A category as visitors see it, in their language. */
export interface ShownCategory {
  /** What products call it by. */
  key: string;
  name: string;
  slug: string;
  description: string | null;
  /** The address of a picture, as it was written. */
  image: string | null;
  /** Milliseconds since the epoch. */
  updatedAt: number;
}

/** Categories of one shop that visitors are shown. */
const MAX_CATEGORIES = 100;

const SHOWN = {
  key: categories.nameKey,
  name: categories.name,
  slug: categories.slug,
  description: categories.description,
  image: categories.image,
  translations: categories.translations,
  updatedAt: categories.updatedAt,
};

type Row = {
  [Field in "name" | "slug" | "description" | "image" | "translations" | "updatedAt"]: InferSelectModel<
    typeof categories
  >[Field];
} & { key: string };

const shownIn = ({ translations, ...row }: Row, locale: string): ShownCategory => ({ ...row, ...translations[locale] });

/** The categories of a site in which something is sold, in their order: one row of products each. */
export async function listCategories(db: ReadDatabase, siteId: string, locale: string): Promise<ShownCategory[]> {
  // Without its plus SQLite would compare as TEXT, for which the index on an expression is of no use.
  const isOfIt = and(isShown(siteId), sql`${foldedText(products.folded, products.category)} = +${categories.nameKey}`);
  const rows = await db
    .select(SHOWN)
    .from(categories)
    .where(and(eq(categories.siteId, siteId), sql`EXISTS (SELECT 1 FROM ${products} WHERE ${isOfIt})`))
    .orderBy(asc(categories.order), asc(categories.id))
    .limit(MAX_CATEGORIES);
  return rows.map((row) => shownIn(row, locale));
}

/** Names a category: by its slug, or by what products call it by (`fold`). */
export type CategoryName = { slug: string } | { key: string };

/** A category, whether anything is sold in it or not; `null` where there is none of this name. */
export async function findCategory(
  db: ReadDatabase,
  siteId: string,
  named: CategoryName,
  locale: string,
): Promise<ShownCategory | null> {
  const isIt = "slug" in named ? eq(categories.slug, named.slug) : eq(categories.nameKey, named.key);
  const [row] = await db
    .select(SHOWN)
    .from(categories)
    .where(and(eq(categories.siteId, siteId), isIt));
  return row ? shownIn(row, locale) : null;
}
