import { asc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import { callObject } from "../../core/call-object.ts";
import { unavailable } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Held, HeldPart } from "../object/analytics-object.ts";
import { analyticsOf } from "../object/client.ts";
import { analyticsDays } from "../table.ts";
import { readPart } from "../facts/part.ts";
import type { Visit } from "../facts/visit.ts";

const DAY_MS = 24 * 3_600_000;
/** Parts read at a time, of at most a megabyte each. */
const PAGE = 20;

const dayName = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A site, and a time in milliseconds whose visits are read. */
interface Reading {
  siteId: string;
  from: number;
  until: number;
}

/**
 * All visits of a site that can have something within a time, each once, a visitor's one after the other; some at its ends lie
 * outside of it. Days with news are read from the site's object, which says first which those are; all others from D1. It
 * throws `unavailable` when a day is closed while it is being read.
 */
export async function* visitsWithin(ctx: Ctx, { siteId, from, until }: Reading): AsyncIterable<Visit> {
  // A day begins up to 14 hours before its name in UTC, and ends up to 36 hours after it.
  const first = dayName(from - 2 * DAY_MS);
  const last = dayName(until + DAY_MS);
  const object = analyticsOf(ctx.env, siteId);
  const held = (await callObject<Held[]>(() => object.held())).filter(({ day }) => day >= first && day <= last);
  for (const { day } of held) {
    let page = 0;
    for (let after: string | null = ""; after !== null; page += 1) {
      const from: string = after;
      const part = await callObject<HeldPart | null>(() => object.facts(day, from));
      if (part === null) throw unavailable();
      yield* readPart(part.facts, { day, name: `${day}:held:${page}` });
      after = part.after;
    }
  }
  yield* rolledUp(ctx, { siteId, first, last, held });
}

async function* rolledUp(
  ctx: Ctx,
  { siteId, first, last, held }: { siteId: string; first: string; last: string; held: Held[] },
): AsyncIterable<Visit> {
  const { day, part, facts } = analyticsDays;
  const ofSite = eq(analyticsDays.siteId, siteId);
  let from = first;
  let unread: SQL | undefined;
  for (;;) {
    const rows = await ctx.db
      .select({ day, part, facts })
      .from(analyticsDays)
      .where(scoped(ctx, analyticsDays, ofSite, gte(day, from), lte(day, last), unread))
      .orderBy(asc(day), asc(part))
      .limit(PAGE);
    for (const row of rows) {
      if (held.some((it) => it.day === row.day && row.part >= it.firstPart)) continue;
      yield* readPart(row.facts, { day: row.day, name: `${row.day}:${row.part}` });
    }
    const end = rows.at(-1);
    if (!end || rows.length < PAGE) return;
    // The day is said twice: comparing pairs alone, SQLite begins at the first day again.
    from = end.day;
    unread = sql`(${day}, ${part}) > (${end.day}, ${end.part})`;
  }
}
