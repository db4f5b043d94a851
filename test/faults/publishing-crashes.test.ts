import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { siteKey } from "../../src/content/deployments/bucket.ts";
import { collectObjects } from "../../src/content/deployments/service/collect.ts";
import type { Env } from "../../src/env.ts";
import { call, START, TestClock } from "../support/fixtures.ts";
import { expectTidy, HOURS, liveNumber, mainOf, MINUTES, objectsOf, rowsWaiting } from "../support/publishing.ts";
import { failingDatabase } from "../platform/support/databases.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { callThrough, count, failing, type Moment } from "./world.ts";

const PAGES = 3;
/** With those made here, more than are kept: each commit gives one up. */
const FORMER = 19;
const clock = new TestClock();
let site: VisitedSite;
let ids: string[];
let questions = 0;

beforeEach(async () => {
  clock.time = START;
  site = await makeVisitedSite(clock);
  ids = [];
  for (let number = 0; number < PAGES; number += 1) ids.push(await site.page({ title: "v0", slug: `page-${number}` }));
  await site.publish();
});

const textOf = (main: string): string => main.replace(/<[^>]*>/g, "").trim();

/** The titles readers see of all pages, as JSON and as HTML, none of it from memory. */
async function titlesSeen(): Promise<string[]> {
  questions += 1;
  const path = `/api/pages?site=${site.id}&per_page=${PAGES + (questions % 90)}`;
  const { body } = await call("GET", path, { headers: site.headers });
  const html = await Promise.all(ids.map((_, number) => mainOf(site, `/page-${number}`)));
  return [...body.items.map((it: { title: string }) => it.title), ...html.map(textOf)];
}

const allSay = (title: string): string[] => Array.from({ length: 2 * PAGES }, () => title);

const change = async (title: string): Promise<void> => {
  for (const id of ids) await site.change(id, { title });
};

const deploymentCount = () => count("SELECT count(*) AS n FROM deployments WHERE site_id = ?", site.id);

const ask = (bindings: Env, path: string, body?: unknown) =>
  callThrough(bindings, "POST", `/v1/sites/${site.id}${path}`, { headers: site.headers, ...(body ? { body } : {}) });

describe.each<Moment>(["before", "after"])(
  "failing %s it is carried out, the n-th call of a binding, for every n,",
  (moment) => {
    it(`failing ${moment} it is carried out, the n-th call of a binding, for every n, leaves a publish done or not begun; it can be repeated, and has used up the cooldown only if it is done`, async () => {
      for (let number = 0; number < FORMER; number += 1) await site.publish();
      let shown = "v0";
      for (let target = 1; ; target += 1) {
        const title = `v${target}`;
        await change(title);
        clock.advance(5 * MINUTES);
        const before = await liveNumber(site.id);
        const { bindings, calls } = failing(target, moment);
        const answer = await ask(bindings, "/publish");
        const isDone = (await liveNumber(site.id)) !== before;
        expect(await titlesSeen()).toEqual(allSay(isDone ? title : shown));
        if (calls() < target) {
          expect([answer.status, isDone]).toEqual([200, true]);
          break;
        }
        expect(isDone ? [200, 503] : [503]).toContain(answer.status);
        const again = await site.ask("POST", "/publish");
        expect(again.status, again.text).toBe(isDone ? 429 : 200);
        shown = title;
      }
      expect(await deploymentCount()).toBe(20);
      await expectTidy(clock, site.id);
    });

    it(`failing ${moment} it is carried out, the n-th call of a binding, for every n, leaves a rollback done or not begun, and it can be repeated`, async () => {
      const first = (await site.ask("GET", "/deployments")).body.data[0].id;
      await change("v1");
      await site.publish();
      const second = (await site.ask("GET", "/deployments")).body.data[0].id;
      let isAtFirst = false;
      for (let target = 1; ; target += 1) {
        clock.advance(1_000);
        const deploymentId = isAtFirst ? second : first;
        const before = await liveNumber(site.id);
        const { bindings, calls } = failing(target, moment);
        const answer = await ask(bindings, "/rollback", { deploymentId });
        const isDone = (await liveNumber(site.id)) !== before;
        expect(await titlesSeen()).toEqual(allSay(isDone === isAtFirst ? "v1" : "v0"));
        isAtFirst = !isAtFirst;
        if (calls() < target) break;
        expect(isDone ? [200, 503] : [503]).toContain(answer.status);
        const again = await site.ask("POST", "/rollback", { deploymentId });
        expect(again.status, again.text).toBe(isDone ? 409 : 200);
      }
      await expectTidy(clock, site.id);
    });

    it(`failing ${moment} it is carried out, the n-th call of a binding, for every n, leaves what is to be deleted to the next run, and what a deployment shows where it is`, async () => {
      const shown = await objectsOf(site.id);
      for (let target = 1; ; target += 1) {
        // A publish that died before its commit, and an object of a deployment that was given up.
        await change(`v${target}`);
        clock.advance(3 * HOURS);
        const isCommit = (sql: string) => sql.includes('INSERT INTO "frozen_pages"');
        const DB = failingDatabase(env.DB, isCommit, "Network connection lost.");
        expect((await ask({ ...env, DB, LOG_LEVEL: "silent" }, "/publish")).status).toBe(503);
        const single = `${siteKey(site.id)}dep_old/page_old-${target}`;
        await env.PUBLISHED.put(single, "{}");
        await env.DB.prepare("INSERT INTO discarded_objects VALUES (?, ?)").bind(single, clock.time).run();
        expect((await objectsOf(site.id)).length).toBe(shown.length + PAGES + 1);
        clock.advance(3 * HOURS);
        const { bindings, calls } = failing(target, moment);
        await collectObjects(bindings, clock.time).catch(() => {});
        const isOver = calls() < target;
        if (!isOver) await collectObjects(env, clock.time);
        expect(await objectsOf(site.id)).toEqual(shown);
        expect(await rowsWaiting()).toEqual([]);
        expect(await titlesSeen()).toEqual(allSay("v0"));
        if (isOver) break;
      }
    });
  },
);
