import { and, eq } from "drizzle-orm";
import { isListed } from "../../../core/storage/scoped.ts";
import type { ReadDatabase } from "../../../core/storage/database.ts";
import type { CustomBlocks } from "../../../rendering/custom/block.ts";
import { customBlocks } from "./table.ts";

const USED = /"custom:([a-z]+_[0-9A-HJKMNP-TV-Z]{26})"/g;

/** The custom blocks of a site that documents, in JSON, name as the type of a block. One there is none of is left out. */
export async function customBlocksIn(
  db: ReadDatabase,
  siteId: string,
  documents: readonly string[],
): Promise<CustomBlocks> {
  const ids = new Set(documents.flatMap((json) => [...json.matchAll(USED)].map(([, id]) => id as string)));
  if (ids.size === 0) return new Map();
  const { id, templateVersion: version, template, properties } = customBlocks;
  const found = await db
    .select({ id, version, template, properties })
    .from(customBlocks)
    .where(and(eq(customBlocks.siteId, siteId), isListed(id, [...ids])));
  return new Map(found.map((it) => [it.id, it]));
}
