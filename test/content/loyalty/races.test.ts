import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { settleDue } from "../../../src/content/loyalty/ledger/due.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { type Answer, call, TestClock } from "../../support/fixtures.ts";

const MANY = 200;
const DAY = 86_400_000;
const clock = new TestClock();
let at: TestSite;

beforeEach(async () => {
  at = await makeSite(clock);
});

const newMember = async (points: number, more: object = {}): Promise<string> => {
  const { id } = await at.site.create("/loyalty/members", { email: `${crypto.randomUUID()}@example.com` });
  if (points > 0) await at.site.create("/loyalty/earn", { memberId: id, points, description: "Bought", ...more });
  return id;
};
const newReward = async (body: object): Promise<string> =>
  (await at.site.create("/loyalty/rewards", { title: "Coffee", cost: 100, ...body })).id;

/** The same moment for all of them: none waits for another. The key's limit has room for them. */
function atOnce(calls: { path: string; body?: object }[]): Promise<Answer[]> {
  if (calls.length > MANY / 4) clock.advance(60_000);
  const send = ({ path, body }: { path: string; body?: object }) =>
    call("POST", `${at.site.base}${path}`, { headers: at.api.headers, ...(body && { body }) });
  return Promise.all(calls.map(send));
}

const tally = (answers: Answer[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, some]) => [status, some.length]));

const count = async (table: string): Promise<number> =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?`).bind(at.siteId).first<number>("n")) ??
  0;

/** Everything of loyalty that the site has, by table; and what subscribers were told. */
async function stored() {
  const tables = ["loyalty_entries", "loyalty_redemptions", "loyalty_members", "loyalty_rewards", "events"];
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await count(table)] as const)));
}

describe(`${MANY} at once`, () => {
  it(`of ${MANY} redemptions of a balance of exactly the price one is made, the others are conflicts that change nothing`, async () => {
    const [memberId, rewardId] = [await newMember(100), await newReward({ stock: MANY })];
    const before = await stored();
    const answers = await atOnce(
      Array.from({ length: MANY }, () => ({ path: "/loyalty/redeem", body: { memberId, rewardId } })),
    );
    expect(tally(answers)).toEqual({ 201: 1, 409: MANY - 1 });
    const after = await stored();
    expect(after).toEqual({
      ...before,
      loyalty_entries: 2,
      loyalty_redemptions: 1,
      events: (before.events as number) + 2,
    });
    const member = (await at.site.get(`/loyalty/members/${memberId}`)).body.data;
    expect(member).toMatchObject({ points: 0, pendingPoints: 0, lifetimePoints: 100, version: 3 });
    const reward = (await at.site.get(`/loyalty/rewards/${rewardId}`)).body.data;
    expect(reward).toMatchObject({ stock: MANY - 1, version: 2 });
  });

  it(`of ${MANY} members who want the last reward one gets it, the others keep their points`, async () => {
    const rewardId = await newReward({ stock: 1 });
    const ids: string[] = [];
    for (let n = 0; n < MANY; n += 1) ids.push(await newMember(100));
    const answers = await atOnce(ids.map((memberId) => ({ path: "/loyalty/redeem", body: { memberId, rewardId } })));
    expect(tally(answers)).toEqual({ 201: 1, 409: MANY - 1 });
    expect((await at.site.get(`/loyalty/rewards/${rewardId}`)).body.data.stock).toBe(0);
    const left = await env.DB.prepare(
      "SELECT points, count(*) AS n FROM loyalty_members WHERE site_id = ? GROUP BY points",
    )
      .bind(at.siteId)
      .all();
    expect(left.results).toEqual([
      { points: 0, n: 1 },
      { points: 100, n: MANY - 1 },
    ]);
    expect(await count("loyalty_redemptions")).toBe(1);
  });

  it(`${MANY} points given one by one are ${MANY} points`, async () => {
    const memberId = await newMember(0);
    const body = { memberId, points: 1, description: "One" };
    const answers = await atOnce(Array.from({ length: MANY }, () => ({ path: "/loyalty/earn", body })));
    expect(tally(answers)).toEqual({ 201: MANY });
    expect((await at.site.get(`/loyalty/members/${memberId}`)).body.data).toMatchObject({
      points: MANY,
      lifetimePoints: MANY,
    });
    const last = (await at.site.get(`/loyalty/members/${memberId}/entries?limit=1`)).body;
    expect([last.data[0].balanceAfter, last.pagination.total]).toEqual([MANY, MANY]);
  });

  it.each(["an entry is reversed", "a redemption is cancelled", "a redemption is fulfilled or cancelled"])(
    `of ${MANY / 4} times that %s one holds`,
    async (what) => {
      const memberId = await newMember(100);
      const { data } = (await at.site.get(`/loyalty/members/${memberId}/entries`)).body;
      let paths = [`/loyalty/entries/${data[0].id}/reverse`];
      if (what !== "an entry is reversed") {
        const rewardId = await newReward({ stock: 1 });
        const { id } = await at.site.create("/loyalty/redeem", { memberId, rewardId });
        paths = what.includes("fulfilled")
          ? [`/loyalty/redemptions/${id}/cancel`, `/loyalty/redemptions/${id}/fulfil`]
          : [`/loyalty/redemptions/${id}/cancel`];
      }
      const before = await count("loyalty_entries");
      const calls = Array.from({ length: MANY / 4 }, (_, n) => ({ path: paths[n % paths.length] as string }));
      const answers = await atOnce(calls);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(MANY / 4 - 1);
      expect((await count("loyalty_entries")) - before).toBeLessThanOrEqual(1);
    },
  );

  it("points that expire while they are redeemed are either spent or expired, not both", async () => {
    const expiresAt = new Date(clock.time + DAY).toISOString();
    const [memberId, rewardId] = [await newMember(100, { expiresAt }), await newReward({})];
    // The calls are let in a moment before the points expire; what is due is settled a moment after.
    clock.time = Date.parse(expiresAt) - 1;
    const redeeming = atOnce(
      Array.from({ length: 20 }, () => ({ path: "/loyalty/redeem", body: { memberId, rewardId } })),
    );
    const settling = Promise.all(
      Array.from({ length: 5 }, () => settleDue(env, Date.parse(expiresAt)).catch(() => {})),
    );
    const [answers] = await Promise.all([redeeming, settling]);
    const redeemed = answers.filter(({ status }) => status === 201).length;
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    clock.advance(1_000);
    await settleDue(env, clock.time);
    const { data } = (await at.site.get(`/loyalty/members/${memberId}/entries?direction=asc`)).body;
    const kinds = data.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(["earn", redeemed === 1 ? "redeem" : "expire"]);
    expect(data.at(-1).balanceAfter).toBe(0);
  });
});
