import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { idTail } from "../ids.ts";

const MAX_LENGTH = 80;
/** Namesakes beyond this number are told apart by their ids: counting further would cost more than it is worth. */
const MAX_NUMBER = 1_000;

/** A slug from a title; `fallback` when the title holds no letter or digit any script can spell (`🎉`). Ligatures, full width and the like are the letters they stand for. */
export async function slugFrom(title: string, fallback: string): Promise<string> {
  // Its table of letters takes longer to make than most of the Worker: it is made for the first title, not at the start.
  const { default: slugify } = await import("@sindresorhus/slugify");
  const slug = slugify(title.normalize("NFKC"), { decamelize: false }).slice(0, MAX_LENGTH).replace(/-+$/, "");
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) ? slug : fallback;
}

/** The first of `base`, `base-2`, `base-3`, … that is not taken, read off an index that finds `isTaken` at once. */
export async function freeSlug(
  ctx: { db: Database },
  { base, id, isTaken }: { base: string; id: string; isTaken: (slug: SQL) => SQL },
): Promise<string> {
  const variant = sql`CASE i WHEN 1 THEN ${base} ELSE ${base} || '-' || i END`;
  const [free] = await ctx.db.all<{ number: number }>(sql`WITH RECURSIVE numbers(i) AS (
    SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ${MAX_NUMBER} AND EXISTS (${isTaken(variant)})
  ) SELECT max(i) AS number FROM numbers`);
  const { number } = free as { number: number };
  if (number === 1) return base;
  return `${base}-${number < MAX_NUMBER ? number : idTail(id)}`;
}
