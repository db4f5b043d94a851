import { eq, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { listByCursor } from "../../../core/storage/list.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { members } from "../members/table.ts";
import { type ListEntriesQuery, showEntry } from "./contract.ts";
import { entries } from "./table.ts";
import { entryNow, findEntry, findMember } from "./write.ts";

/** A member's statement: what came and went, with the balance after each, in the order in which it was entered. */
export async function listEntries({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; memberId: string; query: z.output<typeof ListEntriesQuery> };
}) {
  const { id: memberId } = await findMember(ctx, input.siteId, input.memberId);
  const source = {
    name: `loyalty_entries:${memberId}`,
    table: entries,
    id: entries.id,
    where: scoped(ctx, entries, eq(entries.memberId, memberId)),
    orders: { createdAt: entries.number },
    counted: sql`(SELECT ${members.entryCount} FROM ${members} WHERE ${eq(members.id, memberId)})`,
  };
  const { rows, pagination } = await listByCursor(ctx, source, input.query);
  return { items: rows.map((row) => showEntry(entryNow(row, ctx.now))), pagination };
}

/** One entry. */
export const getEntry = async ({ ctx, input }: { ctx: Ctx; input: { siteId: string; entryId: string } }) =>
  showEntry(await findEntry(ctx, input));
