import { abortAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { callThrough, count, failing, makeSite, type Moment, type Site } from "./world.ts";

const clock = new TestClock();
let site: Site;

beforeAll(async () => {
  site = await makeSite(clock);
});

const init = (body?: unknown) => ({ headers: site.key.headers, body });
const stored = (table: string, id: string) =>
  count(`SELECT count(*) AS n FROM ${table} WHERE ${table === "versions" ? "item_id" : "id"} = ?1`, id);

/** Where a page is, and what is kept of it. */
const traces = async (id: string) => ({
  pages: await stored("pages", id),
  versions: await stored("versions", id),
  trash: await stored("trash", id),
});

interface Step {
  what: string;
  call: (id: string) => [method: string, path: string, body?: object];
  /** What there is before it and after it. */
  before: object;
  after: object;
  prepare?: (id: string) => Promise<void>;
}

const remove = async (id: string) => {
  await call("DELETE", `${site.path}/pages/${id}`, init());
};

const STEPS: Step[] = [
  {
    what: "a change",
    call: (id) => ["PATCH", `${site.path}/pages/${id}`, { title: "Changed" }],
    before: { pages: 1, versions: 0, trash: 0 },
    after: { pages: 1, versions: 1, trash: 0 },
  },
  {
    what: "a deletion",
    call: (id) => ["DELETE", `${site.path}/pages/${id}`],
    before: { pages: 1, versions: 0, trash: 0 },
    after: { pages: 0, versions: 1, trash: 1 },
  },
  {
    what: "a return from the trash",
    call: (id) => ["POST", `${site.path}/trash/${id}/restore`, {}],
    prepare: remove,
    before: { pages: 0, versions: 1, trash: 1 },
    after: { pages: 1, versions: 1, trash: 0 },
  },
  {
    what: "an end in the trash",
    call: (id) => ["DELETE", `${site.path}/trash/${id}`],
    prepare: remove,
    before: { pages: 0, versions: 1, trash: 1 },
    after: { pages: 0, versions: 0, trash: 0 },
  },
];

describe.each(STEPS)("$what whose n-th call of a binding fails", (step) => {
  it.each<Moment>(["before", "after"])(
    `${step.what} has happened whole or not at all when a call fails %s it is carried out`,
    async (moment) => {
      for (let target = 1; ; target += 1) {
        clock.advance(15_000);
        const made = await call("POST", `${site.path}/pages`, init({ title: `Page ${crypto.randomUUID()}` }));
        const { id } = made.body.data;
        await step.prepare?.(id);
        const [method, path, body] = step.call(id);
        const { bindings, calls } = failing(target, moment);
        const answer = await callThrough(bindings, method, path, init(body));
        const left = await traces(id);
        if (calls() < target) {
          expect([answer.status < 300, left]).toEqual([true, step.after]);
          return;
        }
        expect([step.before, step.after]).toContainEqual(left);
        if (answer.status < 300) expect(left).toEqual(step.after);
        await abortAllDurableObjects();
      }
    },
  );
});
