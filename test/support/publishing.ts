import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { siteKey } from "../../src/content/deployments/bucket.ts";
import { schedulerOf } from "../../src/core/work/scheduler.ts";
import { runScheduled } from "../../src/scheduled.ts";
import { countingDatabase, type Rows } from "../platform/support/databases.ts";
import type { VisitedSite } from "../visitors/world.ts";
import { callWith } from "./counting.ts";
import type { Answer, TestClock } from "./fixtures.ts";

export const MINUTES = 60_000;
export const HOURS = 60 * MINUTES;

/** Keys of everything a site has in the bucket, in their order. */
export async function objectsOf(siteId: string): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await env.PUBLISHED.list({ prefix: siteKey(siteId), ...(cursor !== undefined && { cursor }) });
    keys.push(...found.objects.map(({ key }) => key));
    cursor = found.truncated ? found.cursor : undefined;
  } while (cursor !== undefined);
  return keys;
}

/** Keys of the objects that the site's frozen pages refer to, in their order. */
export async function objectsReferred(siteId: string): Promise<string[]> {
  const sql = "SELECT DISTINCT rendered AS key FROM frozen_pages WHERE site_id = ? AND rendered IS NOT NULL ORDER BY 1";
  const { results } = await env.DB.prepare(sql).bind(siteId).all<{ key: string }>();
  return results.map(({ key }) => key);
}

/** Rows that wait for a publish to be complete or an object to go. */
export async function rowsWaiting(): Promise<unknown[]> {
  const sql = "SELECT 'renders' AS kind, key FROM renders UNION ALL SELECT 'discarded', key FROM discarded_objects";
  return (await env.DB.prepare(sql).all()).results;
}

/** Puts published pages number `from` to `to` straight into the table, at `page-{number}` and called `Page {number}`. */
export async function insertPages(site: VisitedSite, from: number, to: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT CAST(?3 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?4)
    INSERT INTO pages (id, workspace_id, environment, site_id, title, slug, status, locale, blocks, seo, navigation,
      search_text, site, version, created_at, updated_at, published_at)
    SELECT 'page_0000000000' || substr(?2, -8) || printf('%08d', i), ?1, 'live', ?2, 'Page ' || i, 'page-' || i, 'published', 'en', '[]',
      '{"title":null,"description":null,"ogImage":null,"noIndex":false}', '{"label":null,"order":0,"hidden":true}',
      '', 'many', 1, 1760000000000, 1760000000000, 1760000000000 FROM n`,
  )
    .bind(site.workspace.id, site.id, from, to)
    .run();
}

/** Changes all pages of a site without changing what they show, and of these the titles. */
export async function changePages(site: VisitedSite, slugs: string[], title: string): Promise<void> {
  const sql = `UPDATE pages SET version = version + 1,
    title = iif(slug IN (SELECT value FROM json_each(?2)), ?3, title) WHERE site_id = ?1`;
  await env.DB.prepare(sql).bind(site.id, JSON.stringify(slugs), title).run();
}

/** What a publish asked of its dependencies: the rows D1 bills, and the objects written. */
export interface PublishCost extends Rows {
  puts: number;
}

/** Publishes, and tells what that cost. */
export async function measuredPublish(site: VisitedSite): Promise<{ answer: Answer; cost: PublishCost }> {
  const cost: PublishCost = { read: 0, written: 0, puts: 0 };
  const PUBLISHED = new Proxy(env.PUBLISHED, {
    get: (bucket, name) => {
      if (name === "put") cost.puts += 1;
      const member = Reflect.get(bucket, name);
      return typeof member === "function" ? member.bind(bucket) : member;
    },
  });
  const bindings = { DB: countingDatabase(env.DB, cost), PUBLISHED };
  const answer = await callWith(bindings, "POST", `/v1/sites/${site.id}/publish`, { headers: site.headers });
  return { answer, cost };
}

/** Runs the scheduler's alarm once; tells whether it asks for another, which does not go off by itself. */
export async function runAlarm(site: VisitedSite): Promise<boolean> {
  return runInDurableObject(schedulerOf(env, site.workspace.id, "live"), async (scheduler, { storage }) => {
    await scheduler.alarm();
    const next = await storage.getAlarm();
    await storage.deleteAlarm();
    return next !== null;
  });
}

/** Lets everything that is kept for a while become due, and the cron do its work. */
export async function passGraces(clock: TestClock): Promise<void> {
  clock.advance(2 * HOURS + 1);
  await runScheduled(env, clock.time);
}

/** Once the graces have passed, the bucket holds what the site's deployments show: nothing more and nothing less. */
export async function expectTidy(clock: TestClock, siteId: string): Promise<void> {
  await passGraces(clock);
  expect(await objectsOf(siteId)).toEqual(await objectsReferred(siteId));
  expect(await rowsWaiting()).toEqual([]);
}

/** The number of the deployment visitors see. */
export async function liveNumber(siteId: string): Promise<number | null> {
  const sql = "SELECT d.number FROM sites s JOIN deployments d ON d.id = s.live_deployment_id WHERE s.id = ?";
  return env.DB.prepare(sql).bind(siteId).first<number>("number");
}

/** The main part of a page as a visitor gets it, made of the bucket and not of what is in memory. */
export async function mainOf(site: VisitedSite, path: string): Promise<string> {
  const response = await site.visitAfresh(path);
  const text = await response.text();
  return response.status === 200 ? (/<main[^>]*>(.*)<\/main>/s.exec(text)?.[1] ?? text) : String(response.status);
}
