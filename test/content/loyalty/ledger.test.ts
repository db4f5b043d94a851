import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { monthsLater } from "../../../src/content/loyalty/rules/earning.ts";
import { runScheduled } from "../../../src/scheduled.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { call, TestClock } from "../../support/fixtures.ts";

const DAY = 86_400_000;
const clock = new TestClock();
let at: TestSite;
let memberId: string;

beforeEach(async () => {
  at = await makeSite(clock);
  memberId = (await at.site.create("/loyalty/members", { email: "Ada@Example.com", name: "Ada Baker" })).id;
});

const earn = (points: number, more: object = {}) =>
  at.site.create("/loyalty/earn", { memberId, points, description: "Bought bread", ...more });
const member = async () => (await at.site.get(`/loyalty/members/${memberId}`)).body.data;
const statement = async (query = "") =>
  (await at.site.get(`/loyalty/members/${memberId}/entries?direction=asc${query}`)).body;
const fieldsOf = ({ body }: { body: { error: { details: { fields: object } } } }) =>
  Object.keys(body.error.details.fields);
const day = (days: number) => new Date(clock.time + days * DAY).toISOString();

describe("members", () => {
  it("a member is found by the e-mail address whatever its case, and there is one of each", async () => {
    expect((await member()).email).toBe("ada@example.com");
    const twice = await at.site.post("/loyalty/members", { email: "ADA@example.com" });
    expect([twice.status, fieldsOf(twice)]).toEqual([409, ["email"]]);
    await at.site.create("/loyalty/members", { email: "bo@example.com" });
    const found = (await at.site.get("/loyalty/members?email=ADA@example.COM")).body;
    expect([found.data.map(({ id }: { id: string }) => id), found.pagination.total]).toEqual([[memberId], 1]);
    expect((await at.site.get("/loyalty/members?search=BAKER")).body.data).toHaveLength(1);
  });

  it("a key that may not see addresses finds nobody by them, and sees points", async () => {
    const settings = { accessType: "integrations" as const, attributes: ["name"] };
    const { headers } = await at.workspace.key(settings as never);
    const find = (query: string) => call("GET", `${at.site.base}/loyalty/members${query}`, { headers });
    expect((await find("")).body.data).toMatchObject([{ id: memberId, name: "Ada Baker", points: 0 }]);
    expect((await find("")).body.data[0]).not.toHaveProperty("email");
    for (const query of ["?email=ada@example.com", "?search=ada@example"])
      expect([query, (await find(query)).body.pagination.total]).toEqual([query, 0]);
    expect((await find("?search=baker")).body.pagination.total).toBe(1);
  });

  it("a member who is deleted leaves nothing behind", async () => {
    await earn(100);
    const { id: rewardId } = await at.site.create("/loyalty/rewards", { title: "Coffee", cost: 10 });
    await at.site.create("/loyalty/redeem", { memberId, rewardId });
    expect((await at.site.delete(`/loyalty/members/${memberId}`)).status).toBe(204);
    for (const table of ["loyalty_entries", "loyalty_redemptions"]) {
      const left = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE member_id = ?`)
        .bind(memberId)
        .first();
      expect([table, left?.n]).toEqual([table, 0]);
    }
    expect((await at.site.get("/loyalty/redemptions")).body.pagination.total).toBe(0);
    expect((await at.site.post("/loyalty/earn", { memberId, points: 1, description: "Late" })).status).toBe(404);
  });
});

describe("the ledger", () => {
  it("every entry is told with the balance after it, and where it is", async () => {
    const made = await at.site.post("/loyalty/earn", { memberId, points: 100, description: "Bought bread" });
    expect(made.status).toBe(201);
    expect(made.body.data).toMatchObject({ memberId, points: 100, kind: "earn", description: "Bought bread" });
    expect(made.headers.get("Location")).toMatch(new RegExp(`/loyalty/entries/${made.body.data.id}$`));
    await at.site.create("/loyalty/adjust", { memberId, points: -30, description: "Wrong" });
    await at.site.create("/loyalty/adjust", { memberId, points: 5, description: "Sorry" });
    const { data, pagination } = await statement();
    expect(data.map((it: Record<string, number>) => [it.kind, it.points, it.balanceAfter, it.remaining])).toEqual([
      ["earn", 100, 100, 70],
      ["adjust", -30, 70, 0],
      ["adjust", 5, 75, 5],
    ]);
    expect(pagination.total).toBe(3);
    expect(await member()).toMatchObject({ points: 75, pendingPoints: 0, lifetimePoints: 100 });
    expect((await at.site.get(`/loyalty/entries/${made.body.data.id}`)).body.data).toEqual(data[0]);
  });

  it("a balance is never negative", async () => {
    await earn(100);
    const refused = await at.site.post("/loyalty/adjust", { memberId, points: -101, description: "Too much" });
    expect([refused.status, fieldsOf(refused)]).toEqual([409, ["points"]]);
    expect((await member()).points).toBe(100);
    expect((await statement()).data).toHaveLength(1);
  });

  it("points become active and expire at their moment, before and after anybody has entered it", async () => {
    await earn(100, { activeAt: day(2), expiresAt: day(10) });
    await earn(10);
    expect(await member()).toMatchObject({ points: 10, pendingPoints: 100, lifetimePoints: 110 });
    clock.advance(2 * DAY);
    expect(await member()).toMatchObject({ points: 110, pendingPoints: 0 });
    expect((await at.site.get("/loyalty/members")).body.data).toMatchObject([{ points: 110, pendingPoints: 0 }]);
    await runScheduled(env, clock.time);
    expect(await member()).toMatchObject({ points: 110, pendingPoints: 0 });
    clock.advance(8 * DAY);
    expect(await member()).toMatchObject({ points: 10, lifetimePoints: 110 });
    expect((await statement()).data).toHaveLength(2);
    await runScheduled(env, clock.time);
    expect(await member()).toMatchObject({ points: 10, lifetimePoints: 110 });
    const { data } = await statement();
    expect(data.at(-1)).toMatchObject({ kind: "expire", points: -100, balanceAfter: 10, firstEntryId: data[0].id });
    await runScheduled(env, clock.time);
    expect((await statement()).data).toHaveLength(3);
  });

  it("points that expire first are spent first", async () => {
    await earn(50, { expiresAt: day(20) });
    await earn(50);
    await earn(50, { expiresAt: day(10) });
    await at.site.create("/loyalty/adjust", { memberId, points: -70, description: "Used" });
    expect((await statement()).data.map(({ remaining }: { remaining: number }) => remaining)).toEqual([30, 50, 0, 0]);
    clock.advance(10 * DAY);
    expect((await member()).points).toBe(80);
    clock.advance(10 * DAY);
    expect((await member()).points).toBe(50);
  });
});

describe("reversals", () => {
  const reverse = (id: string, body?: object) => at.site.post(`/loyalty/entries/${id}/reverse`, body);

  it("a reversal is an entry of its own that names the first, and there is one", async () => {
    const { id } = await earn(100);
    const made = await reverse(id, { description: "Booked twice" });
    expect([made.status, made.body.data]).toMatchObject([
      201,
      { kind: "reverse", points: -100, firstEntryId: id, description: "Booked twice" },
    ]);
    expect(await member()).toMatchObject({ points: 0, lifetimePoints: 0 });
    for (const again of [id, made.body.data.id])
      expect([(await reverse(again)).status, fieldsOf(await reverse(again))]).toEqual([409, ["entryId"]]);
    expect((await statement()).data.map((it: Record<string, number>) => [it.kind, it.reversed])).toEqual([
      ["earn", 100],
      ["reverse", 0],
    ]);
  });

  it("points that were spent meanwhile are not taken back", async () => {
    const { id } = await earn(100);
    await at.site.create("/loyalty/adjust", { memberId, points: -40, description: "Used" });
    expect((await reverse(id)).status).toBe(409);
    await earn(40);
    expect((await reverse(id)).status).toBe(201);
    expect(await member()).toMatchObject({ points: 0, lifetimePoints: 40 });
  });

  it("points that come back can be spent for thirty days at least", async () => {
    await earn(100, { expiresAt: day(5) });
    const { id } = await at.site.create("/loyalty/adjust", { memberId, points: -100, description: "Used" });
    clock.advance(10 * DAY);
    expect((await reverse(id)).body.data).toMatchObject({ points: 100, expiresAt: day(30) });
    clock.advance(30 * DAY - 1_000);
    expect((await member()).points).toBe(100);
    clock.advance(1_000);
    expect((await member()).points).toBe(0);
  });
});

describe("rewards", () => {
  const reward = (body: object = {}) => at.site.create("/loyalty/rewards", { title: "Coffee", cost: 100, ...body });
  const redeem = (rewardId: string) => at.site.post("/loyalty/redeem", { memberId, rewardId });

  it("a reward is redeemed for points and stock, with a code that is checked off once", async () => {
    await earn(250);
    const { id } = await reward({ stock: 1 });
    const made = await redeem(id);
    expect([made.status, made.body.data]).toMatchObject([
      201,
      { memberId, rewardId: id, rewardTitle: "Coffee", cost: 100, status: "pending", fulfilledAt: null },
    ]);
    expect(made.body.data.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect((await member()).points).toBe(150);
    expect((await at.site.get(`/loyalty/rewards/${id}`)).body.data.stock).toBe(0);
    expect(fieldsOf(await redeem(id))).toEqual(["rewardId"]);
    const path = `/loyalty/redemptions/${made.body.data.id}`;
    const done = await at.site.post(`${path}/fulfil`);
    expect([done.status, done.body.data.status]).toEqual([200, "fulfilled"]);
    for (const deed of ["fulfil", "cancel"]) expect((await at.site.post(`${path}/${deed}`)).status).toBe(409);
    expect((await at.site.post(`/loyalty/entries/${made.body.data.entryId}/reverse`)).status).toBe(409);
    const found = await at.site.get(`/loyalty/redemptions?search=${made.body.data.code}&memberId=${memberId}`);
    expect(found.body.data).toMatchObject([{ status: "fulfilled" }]);
  });

  it.each(["cancel", "reverse"])("a redemption that ends by %s gives points and stock back, once", async (deed) => {
    await earn(100);
    const { id } = await reward({ stock: 1 });
    const { id: redemption, entryId } = (await redeem(id)).body.data;
    const path =
      deed === "cancel" ? `/loyalty/redemptions/${redemption}/cancel` : `/loyalty/entries/${entryId}/reverse`;
    expect((await at.site.post(path)).status).toBeLessThan(300);
    expect((await at.site.post(path)).status).toBe(409);
    expect(await member()).toMatchObject({ points: 100, lifetimePoints: 100 });
    expect((await at.site.get(`/loyalty/rewards/${id}`)).body.data.stock).toBe(1);
    expect((await at.site.get(`/loyalty/redemptions/${redemption}`)).body.data.status).toBe("cancelled");
    expect((await statement()).data.at(-1)).toMatchObject({ kind: "reverse", points: 100, redemptionId: redemption });
  });

  it("too few points, or a reward that is not offered, is a conflict that changes nothing", async () => {
    await earn(99);
    const [dear, hidden] = [await reward(), await reward({ cost: 1, active: false })];
    expect(fieldsOf(await redeem(dear.id))).toEqual(["memberId"]);
    expect(fieldsOf(await redeem(hidden.id))).toEqual(["rewardId"]);
    expect((await redeem("rwd_nowhere")).status).toBe(404);
    expect((await statement()).data).toHaveLength(1);
  });
});

describe("tiers", () => {
  const tier = async () => (await member()).tier;

  it("a member is in the highest tier that the lifetime points reach, whichever changes", async () => {
    const silver = await at.site.create("/loyalty/tiers", { name: "Silver", minPoints: 100 });
    await at.site.create("/loyalty/tiers", { name: "Bronze", minPoints: 0 });
    expect(await tier()).toBe("Bronze");
    const { id } = await earn(100);
    expect(await tier()).toBe("Silver");
    await at.site.create("/loyalty/adjust", { memberId, points: -100, description: "Used" });
    expect(await tier()).toBe("Silver");
    await at.site.patch(`/loyalty/tiers/${silver.id}`, { minPoints: 101 });
    expect(await tier()).toBe("Bronze");
    await at.site.patch(`/loyalty/tiers/${silver.id}`, { minPoints: 50, name: "Gold" });
    expect(await tier()).toBe("Gold");
    expect((await at.site.get("/loyalty/members?tier=Gold")).body.data).toHaveLength(1);
    await at.site.delete(`/loyalty/tiers/${silver.id}`);
    expect(await tier()).toBe("Bronze");
    const newcomer = await at.site.create("/loyalty/members", { email: "new@example.com" });
    expect((await at.site.get(`/loyalty/members/${newcomer.id}`)).body.data.tier).toBe("Bronze");
    expect((await at.site.post(`/loyalty/entries/${id}/reverse`)).status).toBe(409);
  });

  it("two tiers neither begin together nor are called alike", async () => {
    await at.site.create("/loyalty/tiers", { name: "Gold", minPoints: 5 });
    const [points, name] = [
      { name: "Silver", minPoints: 5 },
      { name: "Gold", minPoints: 6 },
    ];
    expect(fieldsOf(await at.site.post("/loyalty/tiers", points))).toEqual(["minPoints"]);
    expect(fieldsOf(await at.site.post("/loyalty/tiers", name))).toEqual(["name"]);
  });
});

describe("earning by money", () => {
  it("an amount earns whole units by the rule of its currency, at once or later, and for a time", async () => {
    const earnBy = (amount: number, currency: string) =>
      at.site.post("/loyalty/earn", { memberId, amount, currency, description: "In the shop" });
    const rule = { currency: "EUR", points: 2, minimumAmount: 500, activeAfterDays: 14, expiresAfterMonths: 3 };
    await at.site.create("/loyalty/rules", rule);
    await at.site.create("/loyalty/rules", { currency: "JPY", points: 1, perUnits: 100 });
    await at.site.create("/loyalty/rules", { currency: "KWD", points: 10 });
    const made = (await earnBy(1_299, "EUR")).body.data;
    const activeAt = day(14);
    expect(made).toMatchObject({
      points: 24,
      activeAt,
      expiresAt: new Date(monthsLater(Date.parse(activeAt), 3)).toISOString(),
    });
    expect((await earnBy(1_299, "JPY")).body.data.points).toBe(12);
    expect((await earnBy(1_999, "KWD")).body.data.points).toBe(10);
    expect(fieldsOf(await earnBy(499, "EUR"))).toEqual(["amount"]);
    expect(fieldsOf(await earnBy(499, "USD"))).toEqual(["currency"]);
    expect(await member()).toMatchObject({ points: 22, pendingPoints: 24 });
  });

  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2027-08-31", 6, "2028-02-29"],
    ["2026-01-15", 120, "2036-01-15"],
  ])("%s and %i months are %s", (from, months, later) => {
    expect(monthsLater(Date.parse(from), months)).toBe(Date.parse(later));
  });

  it.each([
    [{}, "points"],
    [{ points: 1, amount: 1, currency: "EUR" }, "points"],
    [{ points: 0 }, "points"],
    [{ points: 1.5 }, "points"],
    [{ amount: 100 }, "currency"],
    [{ points: 1, activeAt: "2020-01-01T00:00:00Z" }, "activeAt"],
    [{ points: 1, expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    [{ points: 1, description: "" }, "description"],
  ])("earning refuses %j, naming %s", async (wrong, field) => {
    const refused = await at.site.post("/loyalty/earn", { memberId, description: "Bread", ...wrong });
    expect([refused.status, fieldsOf(refused)]).toEqual([400, [field]]);
  });
});
