import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { name } from "../../../core/storage/names.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { members } from "../members/table.ts";
import { tiers } from "./table.ts";

/** SQL for the name of the highest tier of a site that so many lifetime points reach; NULL for none. */
export const tierAt = (siteId: SQLWrapper | string, lifetimePoints: SQLWrapper | number): SQL<string | null> =>
  sql`(SELECT ${tiers.name} FROM ${tiers} WHERE ${tiers.siteId} = ${siteId} AND ${tiers.minPoints} <= ${lifetimePoints}
    ORDER BY ${tiers.minPoints} DESC LIMIT 1)`;

/** Stages that members whose tier is another one now are told so: the tiers of their site have changed. */
export function stageTiers(ctx: Ctx, siteId: string): void {
  const reached = tierAt(siteId, members.lifetimePoints);
  ctx.unit.stage(sql`UPDATE ${members} SET ${name(members.tier)} = ${reached},
      ${name(members.version)} = ${members.version} + 1, ${name(members.updatedAt)} = ${laterThan(members.updatedAt, ctx.now)}
    WHERE ${scoped(ctx, members)} AND ${members.siteId} = ${siteId} AND ${members.tier} IS NOT ${reached}`);
}
