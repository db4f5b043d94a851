import type { ReadDatabase } from "../../core/storage/database.ts";
import { type Given, NOTHING_GIVEN } from "../../rendering/document.ts";
import { customBlocksIn } from "../blocks/custom/given.ts";

/** What rendering these documents of a site, in JSON, has to be handed beside them, as it is now. */
export async function givenTo(db: ReadDatabase, siteId: string, documents: readonly string[]): Promise<Given> {
  return { ...NOTHING_GIVEN, customBlocks: await customBlocksIn(db, siteId, documents) };
}
