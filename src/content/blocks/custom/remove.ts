import { and, eq, sql } from "drizzle-orm";
import { DomainError } from "../../../core/errors.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { stageRemoval } from "../../../core/work/versioned.ts";
import { pages } from "../../pages/table.ts";
import { findItem } from "../../resource/find.ts";
import { CUSTOM_BLOCKS } from "./resource.ts";
import { customBlocks, customBlockUses } from "./table.ts";

/** Pages that are named to whoever would delete what they use. */
const MAX_NAMED = 20;

interface Removal {
  siteId: string;
  id: string;
  /** Deletes it although pages use it. */
  force: boolean;
  expectedVersions?: ExpectedVersions;
}

const isUseOf = (siteId: string, id: string) =>
  and(eq(customBlockUses.siteId, siteId), eq(customBlockUses.blockId, id));

/** Deletes a custom block; one that pages use only by force. The commit looks once more, so that none comes to use it meanwhile. */
export async function removeCustomBlock({ ctx, input }: { ctx: Ctx; input: Removal }): Promise<void> {
  const { siteId, id, force, expectedVersions = null } = input;
  const before = await findItem(ctx, CUSTOM_BLOCKS, { siteId, id });
  if (!force) await requireUnused(ctx, siteId, id);
  stageRemoval(ctx, customBlocks, before, expectedVersions);
  const shown = CUSTOM_BLOCKS.verbs.show(ctx, before);
  ctx.unit.audit(`${CUSTOM_BLOCKS.name}.deleted`, { type: CUSTOM_BLOCKS.name, id, before: shown });
}

async function requireUnused(ctx: Ctx, siteId: string, id: string): Promise<void> {
  const using = await ctx.db
    .select({ id: pages.id, title: pages.title })
    .from(customBlockUses)
    .innerJoin(pages, eq(pages.id, customBlockUses.pageId))
    .where(isUseOf(siteId, id))
    .limit(MAX_NAMED + 1);
  if (using.length > 0) {
    const named = using.slice(0, MAX_NAMED);
    const titles = named.slice(0, 3).map(({ title }) => `“${title}”`);
    const more = using.length > titles.length ? " and others" : "";
    const message = `The block is used by ${titles.join(", ")}${more}. Delete it anyway with force=true.`;
    throw new DomainError("conflict", message, { reason: "block_in_use", pages: named });
  }
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${customBlockUses} WHERE ${isUseOf(siteId, id)})`);
}
