import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { publishDue } from "../../src/content/deployments/service/due.ts";
import type { Env } from "../../src/env.ts";
import { START, TestClock } from "../support/fixtures.ts";
import { changePages, expectTidy, insertPages, liveNumber, mainOf, MINUTES } from "../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { callThrough, count, failing, type Moment, unwoken } from "./world.ts";

/** Documents of one step, and a few more for the last. */
const STEP = 250;
const PAGES = STEP + 2;
/** Of the pages those that are seen to change: one of the first step and one of the last. */
const SEEN = ["page-7", `page-${PAGES}`];
const clock = new TestClock();
let site: VisitedSite;

/** Begins a publish of every page in the background, and answers its id. */
async function begin(title: string): Promise<string> {
  await changePages(site, SEEN, title);
  clock.advance(5 * MINUTES);
  const init = { headers: site.headers };
  const answer = await callThrough(unwoken(), "POST", `/v1/sites/${site.id}/publish`, init);
  expect([answer.status, answer.body.data.status]).toEqual([202, "building"]);
  return answer.body.data.id;
}

const run = (bindings: Env = env) => publishDue(bindings, clock.time);
const seen = async () => (await Promise.all(SEEN.map((slug) => mainOf(site, `/${slug}`)))).map((it) => it.trim());
const shows = (title: string) => SEEN.map(() => `<h1>${title}</h1>`);
const rendered = (id: string) => count("SELECT count(*) AS n FROM renders WHERE deployment_id = ?", id);
const progress = (id: string) => count("SELECT progress ->> 'rendered' AS n FROM deployments WHERE id = ?", id);

beforeEach(async () => {
  clock.time = START;
  site = await makeVisitedSite(clock);
  await insertPages(site, 1, PAGES);
  await begin("v0");
  await run();
  await run();
  expect(await seen()).toEqual(shows("v0"));
});

describe.each<Moment>(["before", "after"])(
  "a run that dies at its n-th call of a binding, for every n, %s it",
  (moment) => {
    /** Lets a run die at each of its calls, from the same state each time, until one lives. */
    async function dieAtEach(restore: () => Promise<unknown>, check: () => Promise<void>): Promise<number> {
      for (let target = 1; ; target += 1) {
        await restore();
        const { bindings, calls } = failing(target, moment);
        await run(bindings).catch(() => {});
        await check();
        if (calls() < target || (await liveNumber(site.id)) === 2) return target - 1;
      }
    }

    it(`a run that dies at its n-th call of a binding, for every n, ${moment} it shows visitors the old deployment until the last commit, and is gone on with by the next run`, async () => {
      const id = await begin("v1");
      const forget = (kept: number) =>
        env.DB.batch([
          env.DB.prepare(
            "DELETE FROM renders WHERE deployment_id = ?1 AND page_id NOT IN (SELECT page_id FROM renders WHERE deployment_id = ?1 ORDER BY page_id LIMIT ?2)",
          ).bind(id, kept),
          env.DB.prepare("UPDATE deployments SET progress = json_set(progress, '$.rendered', ?2) WHERE id = ?1").bind(
            id,
            kept,
          ),
        ]);
      const checkOld = async () => {
        expect(await liveNumber(site.id)).toBe(1);
        expect(await seen()).toEqual(shows("v0"));
      };
      expect(await dieAtEach(() => forget(0), checkOld)).toBeGreaterThan(20);
      expect([await rendered(id), await progress(id)]).toEqual([STEP, STEP]);
      const checkEither = async () => {
        expect(await seen()).toEqual(shows((await liveNumber(site.id)) === 2 ? "v1" : "v0"));
      };
      expect(await dieAtEach(() => forget(STEP), checkEither)).toBeGreaterThan(8);
      expect(await liveNumber(site.id)).toBe(2);
      await expectTidy(clock, site.id);
    });
  },
);

describe("a publish in the background", () => {
  it("a publish in the background leaves nothing of a page that changed after it was rendered", async () => {
    const id = await begin("v1");
    await run();
    await changePages(site, SEEN, "v2");
    await run();
    await run();
    expect(await liveNumber(site.id)).toBe(2);
    expect(await rendered(id)).toBe(0);
    expect(await seen()).toEqual(shows("v2"));
    await expectTidy(clock, site.id);
  });
});
