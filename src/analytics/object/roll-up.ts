import { and, eq, gte, lte, sql } from "drizzle-orm";
import type { Env } from "../../env.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { excluded, insertSelect, name, names } from "../../core/storage/names.ts";
import { runBatch } from "../../core/storage/statements.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import { workspaces } from "../../core/tenancy/workspaces/table.ts";
import { analyticsDays } from "../table.ts";

/** A part of a day of a site, with how many events the day had when it was made. */
export interface Part {
  siteId: string;
  day: string;
  part: number;
  eventCount: number;
  facts: string;
}

/**
 * Writes parts, instead of what they were before; what was made of fewer events is not written over more. The tenant is the
 * site's. `false`: the site, or its workspace, is gone.
 */
export async function writeParts(env: Env, siteId: string, parts: readonly Part[]): Promise<boolean> {
  const isThere = sql`FROM ${sites} JOIN ${workspaces} ON ${workspaces.id} = ${sites.workspaceId}
    AND ${workspaces.deletedAt} IS NULL WHERE ${sites.id} = ${siteId}`;
  const { workspaceId, environment } = sites;
  const { siteId: site, day, part, eventCount, facts } = analyticsDays;
  const onConflict = sql`ON CONFLICT (${names(site, day, part)}) DO UPDATE SET
    ${name(eventCount)} = ${excluded(eventCount)}, ${name(facts)} = ${excluded(facts)}
    WHERE ${excluded(eventCount)} >= ${eventCount}`;
  const [found] = await runBatch<{ n: number }>(databaseOf(env, 0), [
    sql`SELECT count(*) AS n ${isThere}`,
    ...parts.map((it) =>
      insertSelect(analyticsDays, { workspaceId, environment, ...it }, sql`${isThere} ${onConflict}`),
    ),
  ]);
  return (found?.results[0]?.n ?? 0) > 0;
}

/** Drops the parts of a day from one on, which it has had when its events made more of them. */
export async function dropParts(
  env: Env,
  { siteId, day, from, eventCount }: { siteId: string; day: string; from: number; eventCount: number },
): Promise<void> {
  const { siteId: site, day: ofDay, part, eventCount: count } = analyticsDays;
  const areThese = and(eq(site, siteId), eq(ofDay, day), gte(part, from), lte(count, eventCount));
  await databaseOf(env, 0).delete(analyticsDays).where(areThese);
}
