import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { settleDue } from "../../../src/content/loyalty/ledger/due.ts";
import { callThrough, failing, makeSite, type Moment, type Site } from "../../faults/world.ts";
import { call, TestClock } from "../../support/fixtures.ts";

const DAY = 86_400_000;
const clock = new TestClock();
let site: Site;

beforeAll(async () => {
  site = await makeSite(clock);
});

interface Made {
  memberId: string;
  rewardId: string;
  entryId: string;
  redemptionId: string;
}

const post = (path: string, body: object) =>
  call("POST", `${site.path}/loyalty${path}`, { headers: site.key.headers, body });

/** A member with 100 of 150 points left, and the redemption the others went to. */
async function make(expiresAt: string | null): Promise<Made> {
  const { id: memberId } = (await post("/members", { email: `${crypto.randomUUID()}@example.com` })).body.data;
  const { id: rewardId } = (await post("/rewards", { title: "Coffee", cost: 50, stock: 9 })).body.data;
  await post("/earn", { memberId, points: 50, description: "Bought" });
  const { id: redemptionId } = (await post("/redeem", { memberId, rewardId })).body.data;
  const earned = await post("/earn", { memberId, points: 100, description: "Bought", expiresAt });
  return { memberId, rewardId, redemptionId, entryId: earned.body.data.id };
}

/** What there is of it: points, entries, events of those, redemptions, stock. */
async function traces({ memberId, rewardId }: Made): Promise<unknown[]> {
  const row = await env.DB.prepare(
    `SELECT points, entry_count AS entries, (SELECT count(*) FROM loyalty_entries WHERE member_id = ?1) AS entered,
      (SELECT count(*) FROM events WHERE type LIKE 'loyalty.%' AND json_extract(data, '$.memberId') = ?1) AS told,
      (SELECT sum(points) - sum(remaining) FROM loyalty_entries WHERE member_id = ?1) AS astray,
      (SELECT count(*) FROM loyalty_redemptions WHERE member_id = ?1 AND status <> 'cancelled') AS redemptions,
      (SELECT stock FROM loyalty_rewards WHERE id = ?2) AS stock
      FROM loyalty_members WHERE id = ?1`,
  )
    .bind(memberId, rewardId)
    .first<Record<string, number>>();
  const { points, entries, entered, told, astray, redemptions, stock } = row as Record<string, number>;
  expect([entered, told, astray]).toEqual([entries, entries, 0]);
  return [points, entries, redemptions, stock];
}

const BEFORE = [100, 3, 1, 8];
const STEPS: Record<string, { call: (made: Made) => [path: string, body?: object]; after: unknown[] }> = {
  earning: { call: ({ memberId }) => ["/earn", { memberId, points: 7, description: "More" }], after: [107, 4, 1, 8] },
  "a correction": {
    call: ({ memberId }) => ["/adjust", { memberId, points: -7, description: "Less" }],
    after: [93, 4, 1, 8],
  },
  redeeming: { call: ({ memberId, rewardId }) => ["/redeem", { memberId, rewardId }], after: [50, 4, 2, 7] },
  "a cancellation": { call: ({ redemptionId }) => [`/redemptions/${redemptionId}/cancel`], after: [150, 4, 0, 9] },
  "a reversal": { call: ({ entryId }) => [`/entries/${entryId}/reverse`], after: [0, 4, 1, 8] },
};

const MOMENTS: Moment[] = ["before", "after"];

describe.each(Object.entries(STEPS))("%s whose n-th call of a binding fails", (what, step) => {
  it.each(MOMENTS)(
    `${what} has happened whole or not at all when a call fails %s it is carried out`,
    async (moment) => {
      for (let target = 1; ; target += 1) {
        clock.advance(15_000);
        const made = await make(null);
        const [path, body] = step.call(made);
        const { bindings, calls } = failing(target, moment);
        const init = { headers: site.key.headers, ...(body && { body }) };
        const answer = await callThrough(bindings, "POST", `${site.path}/loyalty${path}`, init);
        const left = await traces(made);
        if (calls() < target) {
          expect([answer.status < 300, left]).toEqual([true, step.after]);
          return;
        }
        expect([BEFORE, step.after]).toContainEqual(left);
        if (answer.status < 300) expect(left).toEqual(step.after);
        await abortAllDurableObjects();
      }
    },
  );
});

describe("expiry whose n-th call of a binding fails", () => {
  it.each(MOMENTS)("expiry is entered whole or not at all when a call fails %s it is carried out", async (moment) => {
    for (let target = 1; ; target += 1) {
      const made = await make(new Date(clock.time + DAY).toISOString());
      clock.advance(DAY);
      const { bindings, calls } = failing(target, moment);
      const isDone = await settleDue(bindings, clock.time).then(
        () => true,
        () => false,
      );
      const left = await traces(made);
      expect([
        [100, 3, 1, 8],
        [0, 4, 1, 8],
      ]).toContainEqual(left);
      if (isDone) expect(left).toEqual([0, 4, 1, 8]);
      await settleDue(env, clock.time);
      expect(await traces(made)).toEqual([0, 4, 1, 8]);
      if (calls() < target) return;
    }
  });
});
