import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settleDue } from "../../../src/content/loyalty/ledger/due.ts";
import { callThrough, failing, makeSite, type Site } from "../../faults/world.ts";
import { type Answer, call, TestClock } from "../../support/fixtures.ts";
import { DAY, type Deed, Model, story, type Tried } from "./model.ts";

const clock = new TestClock();
const COST = 50;
const GRACE = 30 * DAY;

/** A member, his ledger in the product and in the model, and the one reward there is. */
class World {
  readonly model = new Model();
  /** Redemptions by the entries that paid for them. */
  readonly redemptions = new Map<string, string>();
  stock = 1_000;

  constructor(
    readonly site: Site,
    readonly memberId: string,
    readonly rewardId: string,
  ) {}

  get = async (path: string) =>
    (await call("GET", `${this.site.path}${path}`, { headers: this.site.key.headers })).body;

  /** A call that is repeated with its Idempotency-Key until it is answered: its n-th call of a binding fails the first time. */
  send = async (path: string, body: object | undefined, { fails, moment }: Omit<Tried, "deed">): Promise<Answer> => {
    const headers = { ...this.site.key.headers, "Idempotency-Key": crypto.randomUUID() };
    const init = { headers, ...(body && { body }) };
    const { bindings } = failing(fails, moment);
    let answer = await callThrough(bindings, "POST", this.site.path + path, init);
    // What a call that has failed holds of its Idempotency-Key, it holds for a while.
    while (answer.status >= 500 || answer.text.includes("still running")) {
      clock.advance(15_000);
      answer = await call("POST", this.site.path + path, init);
    }
    return answer;
  };
}

const lifeOf = (later: number, lasts: number | null) => {
  const activeAt = clock.time + later * DAY;
  return { activeAt, expiresAt: lasts === null ? null : activeAt + lasts * DAY };
};
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** Gives back what an entry took, in the model. */
function giveBack(model: Model, id: string, first: Model["entered"][number]): void {
  const { points, latest } = first;
  const expiresAt = latest === null ? null : Math.max(latest, clock.time + GRACE);
  model.give("reverse", id, -points, { activeAt: clock.time, expiresAt });
}

async function reverse(world: World, first: Model["entered"][number], tried: Tried): Promise<void> {
  const { model } = world;
  const left = Math.abs(first.points) - first.reversed;
  const isOpen = left > 0 && first.kind !== "reverse";
  const isThere = first.points < 0 || model.takable(clock.time, first.id) >= left;
  const answer = await world.send(`/loyalty/entries/${first.id}/reverse`, undefined, tried);
  expect(answer.status, answer.text).toBe(isOpen && isThere ? 201 : 409);
  if (answer.status === 409) return;
  first.reversed += left;
  const { id } = answer.body.data;
  if (first.kind === "earn") model.lifetime -= left;
  if (first.kind === "redeem") world.stock += 1;
  if (first.points > 0) model.take("reverse", id, left, clock.time, first.id);
  else giveBack(model, id, first);
}

async function cancel(world: World, first: Model["entered"][number], tried: Tried): Promise<void> {
  const answer = await world.send(`/loyalty/redemptions/${world.redemptions.get(first.id)}/cancel`, undefined, tried);
  expect(answer.status, answer.text).toBe(first.reversed > 0 ? 409 : 200);
  if (first.reversed > 0) return;
  first.reversed = COST;
  world.stock += 1;
  const { data } = await world.get(`/loyalty/members/${world.memberId}/entries?limit=1`);
  giveBack(world.model, data[0].id, first);
}

type Deeds = {
  [Kind in Deed["kind"]]: (world: World, deed: Extract<Deed, { kind: Kind }>, tried: Tried) => Promise<void>;
};

const DEEDS: Deeds = {
  async earn({ model, memberId, send }, { points, later, lasts }, tried) {
    const life = lifeOf(later, lasts);
    const activeAt = later > 0 ? { activeAt: iso(life.activeAt) } : {};
    const body = { memberId, points, description: "Bought", ...activeAt, expiresAt: iso(life.expiresAt) };
    const answer = await send("/loyalty/earn", body, tried);
    expect(answer.status, answer.text).toBe(201);
    model.give("earn", answer.body.data.id, points, life);
  },
  async adjust({ model, memberId, send }, { points, lasts }, tried) {
    const life = lifeOf(0, points > 0 ? lasts : null);
    const body = { memberId, points, description: "By hand", expiresAt: iso(life.expiresAt) };
    const isThere = points > 0 || model.points(clock.time) >= -points;
    const answer = await send("/loyalty/adjust", body, tried);
    expect(answer.status, answer.text).toBe(isThere ? 201 : 409);
    if (answer.status === 409) return;
    if (points > 0) model.give("adjust", answer.body.data.id, points, life);
    else model.take("adjust", answer.body.data.id, -points, clock.time);
  },
  async redeem(world, _, tried) {
    const { model, memberId, rewardId } = world;
    const isThere = model.points(clock.time) >= COST;
    const answer = await world.send("/loyalty/redeem", { memberId, rewardId }, tried);
    expect(answer.status, answer.text).toBe(isThere ? 201 : 409);
    if (!isThere) return;
    world.stock -= 1;
    const { id, entryId } = answer.body.data;
    world.redemptions.set(entryId, id);
    model.take("redeem", entryId, COST, clock.time);
  },
  async cancel(world, { nth }, tried) {
    const redeemed = world.model.entered.filter(({ kind }) => kind === "redeem");
    const first = redeemed[nth % redeemed.length];
    if (first) await cancel(world, first, tried);
  },
  async reverse(world, { nth }, tried) {
    const first = world.model.entered[nth % world.model.entered.length];
    if (first) await reverse(world, first, tried);
  },
  async wait(_, { days }) {
    clock.advance(days * DAY);
  },
  async settle(_, __, { fails, moment }) {
    await settleDue(failing(fails, moment).bindings, clock.time).catch(() => {});
    await settleDue(env, clock.time);
  },
};

/** The product says what the model does, whether or not what is due has been entered. */
async function compare({ model, memberId, rewardId, stock, get }: World): Promise<void> {
  const { data } = await get(`/loyalty/members/${memberId}`);
  expect(data).toMatchObject({
    points: model.points(clock.time),
    pendingPoints: model.pending(clock.time),
    lifetimePoints: model.lifetime,
  });
  expect((await get(`/loyalty/rewards/${rewardId}`)).data.stock).toBe(stock);
  const { results } = await env.DB.prepare(
    "SELECT id, kind, points, balance_after, remaining FROM loyalty_entries WHERE member_id = ? ORDER BY number",
  )
    .bind(memberId)
    .all<{ id: string; kind: string; points: number; balance_after: number; remaining: number }>();
  let balance = 0;
  for (const { points, balance_after } of results) {
    balance += points;
    expect(balance_after).toBe(balance);
  }
  expect(results.reduce((sum, { remaining }) => sum + remaining, 0)).toBe(balance);
  expect(results.filter(({ kind }) => kind !== "expire").map(({ id }) => id)).toEqual(
    model.entered.map(({ id }) => id),
  );
}

describe("a member's points", () => {
  it("are the sum of what was acknowledged, as time goes on and whichever call of a binding fails", async () => {
    const site = await makeSite(clock);
    const { headers } = site.key;
    const make = async (path: string, body: object): Promise<string> =>
      (await call("POST", `${site.path}/loyalty${path}`, { headers, body })).body.data.id;
    await fc.assert(
      fc.asyncProperty(story, async (tries) => {
        clock.advance(DAY);
        const memberId = await make("/members", { email: `${crypto.randomUUID()}@example.com` });
        const world = new World(site, memberId, await make("/rewards", { title: "Coffee", cost: COST, stock: 1_000 }));
        for (const tried of tries) {
          // No two entries are of one moment, so that the order of lots that are alike is known.
          clock.advance(1_000);
          world.model.expire(clock.time);
          await DEEDS[tried.deed.kind](world, tried.deed as never, tried);
          world.model.expire(clock.time);
          await compare(world);
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
