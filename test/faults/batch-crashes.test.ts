import { abortAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { callThrough, count, failing, held, makeSite, type Moment, type Site } from "./world.ts";

const clock = new TestClock();
const OPERATIONS = 3;
let site: Site;

beforeAll(async () => {
  site = await makeSite(clock);
});

const titlesOf = (name: string) => Array.from({ length: OPERATIONS }, (_, index) => `${name} ${index}`);

const initOf = (name: string) => ({
  headers: { ...site.key.headers, "Idempotency-Key": name },
  body: { operations: titlesOf(name).map((title) => ({ method: "POST", path: "/pages", body: { title } })) },
});

const path = () => `${site.path}/batch`;

/** How often each page of a batch was made and told of. */
const traces = (name: string) =>
  Promise.all(
    titlesOf(name).map(async (title) => ({
      pages: await count("SELECT count(*) AS n FROM pages WHERE title = ?", title),
      events: await count(
        "SELECT count(*) AS n FROM events WHERE type = 'page.created' AND data ->> 'title' = ?",
        title,
      ),
    })),
  );

const ONCE = Array.from({ length: OPERATIONS }, () => ({ pages: 1, events: 1 }));

async function expectWhole(name: string): Promise<void> {
  const again = await call("POST", path(), initOf(name));
  expect(again.status, again.text).toBe(200);
  expect(again.body.data.summary).toEqual({ total: OPERATIONS, succeeded: OPERATIONS, failed: 0 });
  expect(await traces(name)).toEqual(ONCE);
}

describe("a batch whose n-th call of a binding fails, for every n", () => {
  it.each<Moment>(["before", "after"])(
    "a batch whose n-th call of a binding fails, for every n, %s it is carried out, has done everything once when it is repeated with its Idempotency-Key",
    async (moment) => {
      for (let target = 1; ; target += 1) {
        // Each crash costs the key what was counted ahead, for ten seconds.
        clock.advance(15_000);
        const name = `${moment} ${target} ${crypto.randomUUID()}`;
        const { bindings, calls } = failing(target, moment);
        const answer = await callThrough(bindings, "POST", path(), initOf(name));
        expect([200, 207, 503], answer.text).toContain(answer.status);
        await abortAllDurableObjects();
        await expectWhole(name);
        if (calls() < target) {
          expect(answer.status).toBe(200);
          expect(target).toBeGreaterThan(3 * OPERATIONS);
          return;
        }
      }
    },
  );
});

describe("a batch that stands still at its n-th call of a binding, for every n", () => {
  it("a batch that stands still at its n-th call of a binding, for every n, does nothing twice beside its repetition, which ends it", async () => {
    for (let target = 1; ; target += 1) {
      clock.advance(15_000);
      const name = `held ${target} ${crypto.randomUUID()}`;
      const { bindings, reached, release, calls } = held(target);
      const first = callThrough(bindings, "POST", path(), initOf(name));
      const isOver = await Promise.race([reached.then(() => false), first.then(() => true)]);
      // What held its locks is gone; it does not know.
      await abortAllDurableObjects();
      await expectWhole(name);
      release();
      await first;
      await expectWhole(name);
      if (isOver) return expect(calls()).toBeLessThan(target);
    }
  });
});
