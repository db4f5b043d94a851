import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { beginDueCampaigns } from "../../../src/content/push/campaigns/due.ts";
import type { BrowserSubscription } from "../../../src/push/subscription.ts";
import { guarded } from "../../faults/bindings.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { arrivals, browsers, pushWorld, tally } from "./world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.use();
  clock.time = START;
});

describe("a campaign", () => {
  it("what is sent is encrypted for each browser, signed by the website's key, and says what the campaign says", async () => {
    const world = await pushWorld(clock);
    const all = await browsers(3);
    await world.subscribe(all);
    const id = await world.campaign({ url: "/rye", ttlSeconds: 600, urgency: "high", topic: "bread" });
    expect(await world.get(id)).toMatchObject({ status: "sending", recipients: 0, channel: "web_push" });
    await world.finish(id);
    const got = (await Promise.all(all.map(arrivals))).flat();
    expect(got).toHaveLength(3);
    for (const it of got) {
      expect(it).toMatchObject({ ttl: "600", urgency: "high", topic: "bread", bytes: 4_096 });
      expect(it.message).toEqual({ title: "Fresh rye", body: "Out of the oven.", url: "/rye", icon: null });
    }
    expect(new Set(got.map(({ key }) => key)).size).toBe(1);
    const figures = { recipients: 3, queued: 0, sent: 3, failed: 0, gone: 0, unconfirmed: 0, suppressed: 0 };
    expect(await world.get(id)).toMatchObject({ status: "sent", ...figures });
  });
});

describe("what push services say", () => {
  it("a browser that is gone is removed, one that is refused is told of, one that is broken is tried again three times", async () => {
    const world = await pushWorld(clock);
    const [gone] = await browsers(1, "status/410");
    const [missing] = await browsers(1, "status/404");
    const [refused] = await browsers(1, "status/400");
    const [moved] = await browsers(1, "status/301");
    const [recovering] = await browsers(1, "broken/2");
    const [broken] = await browsers(1, "broken/99");
    const all = [gone, missing, refused, moved, recovering, broken] as BrowserSubscription[];
    const [goneId, , refusedId] = await world.subscribe(all);
    const id = await world.campaign();
    await world.finish(id);
    const figures = { recipients: 6, queued: 0, sent: 1, failed: 3, gone: 2, unconfirmed: 0 };
    expect(await world.get(id)).toMatchObject({ status: "sent", ...figures });
    expect(await arrivals(recovering as BrowserSubscription)).toHaveLength(1);
    const left = await world.ask("GET", "/subscriptions");
    expect(left.body.pagination.total).toBe(4);
    expect((await world.ask("GET", `/subscriptions/${goneId}`)).status).toBe(404);
    const { data } = (await world.ask("GET", `/campaigns/${id}/recipients?status=failed`)).body;
    const said = data.find((it: { id: string }) => it.id === refusedId);
    expect(said).toMatchObject({ attempts: 1, error: "The push service answered 400." });
    expect(data.map((it: { attempts: number }) => it.attempts).sort()).toEqual([1, 1, 3]);
  });

  it("a push service that asks for time is given it, and then gets what is left", async () => {
    const world = await pushWorld(clock);
    const all = [...(await browsers(1, "busy/120")), ...(await browsers(8))];
    await world.subscribe(all);
    const id = await world.campaign();
    await world.run(id);
    const due = (await world.dueAt(id)) as number;
    expect(due).toBeGreaterThanOrEqual(clock.time + 119_000);
    expect(due).toBeLessThanOrEqual(clock.time + 121_000);
    expect((await world.get(id)).status).toBe("sending");
    clock.time = due - 1;
    await world.run(id);
    expect(await arrivals(all[0] as BrowserSubscription)).toHaveLength(0);
    await world.finish(id);
    expect(await world.get(id)).toMatchObject({ status: "sent", sent: 9, queued: 0 });
    for (const it of all) expect(await arrivals(it)).toHaveLength(1);
  });

  it("whoever unsubscribes before it is their turn is sent nothing", async () => {
    const world = await pushWorld(clock);
    const all = await browsers(2);
    const [first] = await world.subscribe(all);
    const id = await world.campaign();
    let calls = 0;
    const bindings = guarded(async (binding, run) => {
      calls += binding === "DB" ? 1 : 0;
      if (calls === 8) await env.DB.prepare("DELETE FROM push_subscriptions WHERE id = ?").bind(first).run();
      return run();
    });
    await world.finish(id, bindings);
    const got = await Promise.all(all.map(arrivals));
    const { sent, gone } = await world.get(id);
    expect([sent, gone]).toEqual([got.flat().length, 2 - got.flat().length]);
  });
});

describe("whom a campaign is for", () => {
  it("those who want one of its topics or have named none, and read its language or the website's own, as they were when it began", async () => {
    const world = await pushWorld(clock);
    const [all, german, austrian, english] = await Promise.all([browsers(), browsers(), browsers(), browsers()]);
    await world.subscribe(all, {});
    await world.subscribe(german, { locale: "de", topics: ["news", "rye"] });
    await world.subscribe(austrian, { locale: "de-AT", topics: ["news"] });
    await world.subscribe(english, { locale: "en", topics: ["rye"] });
    const send = async (audience: object) => {
      const id = await world.campaign({ audience });
      await world.finish(id);
      return (await world.get(id)).sent;
    };
    expect(await send({})).toBe(4);
    expect(await send({ topics: ["rye"] })).toBe(3);
    expect(await send({ locale: "en" })).toBe(2);
    expect(await send({ locale: "de" })).toBe(2);
    expect(await send({ locale: "de-AT" })).toBe(1);
    expect(await send({ topics: ["news"], locale: "de" })).toBe(2);
    expect(await send({ topics: ["nothing"] })).toBe(1);
    const id = await world.campaign();
    clock.advance(1_000);
    await world.subscribe(await browsers());
    await world.finish(id);
    expect((await world.get(id)).recipients).toBe(4);
  });

  it("of a sandbox nothing leaves: it is counted whom it would have gone to", async () => {
    const world = await pushWorld(clock, "sandbox");
    const all = await browsers(3);
    await world.subscribe(all);
    const id = await world.campaign();
    await world.finish(id);
    expect(await world.get(id)).toMatchObject({ status: "sent", recipients: 3, suppressed: 3, sent: 0, queued: 0 });
    expect(await tally(all)).toMatchObject({ none: 3, once: 0 });
  });
});

describe("when a campaign is sent", () => {
  it("one that was for nobody can be deleted, and no other", async () => {
    const world = await pushWorld(clock);
    await world.subscribe(await browsers());
    const remove = async (id: string) => (await world.ask("DELETE", `/campaigns/${id}`)).status;
    const [draft, cancelled, sent] = [
      await world.campaign({ status: "draft" }),
      await world.campaign({ status: "draft" }),
      await world.campaign(),
    ];
    await world.ask("POST", `/campaigns/${cancelled}/cancel`);
    expect(await remove(sent)).toBe(409);
    await world.finish(sent);
    expect([await remove(draft), await remove(cancelled), await remove(sent)]).toEqual([204, 204, 409]);
    expect((await world.ask("GET", "/campaigns")).body.pagination.total).toBe(1);
  });

  it("a draft waits, a scheduled one begins at its time, and until then both can be changed", async () => {
    const world = await pushWorld(clock);
    const all = await browsers();
    await world.subscribe(all);
    const draft = await world.campaign({ status: "draft" });
    expect(await world.get(draft)).toMatchObject({ status: "draft", jobId: null });
    const scheduledAt = new Date(clock.time + 3_600_000).toISOString();
    const set = await world.ask("PATCH", `/campaigns/${draft}`, { status: "scheduled", scheduledAt });
    expect(set.body.data).toMatchObject({ status: "scheduled", scheduledAt });
    expect(await beginDueCampaigns(env, clock.time)).toBe(Date.parse(scheduledAt));
    await world.ask("PATCH", `/campaigns/${draft}`, { title: "Fresh rolls" });
    clock.time = Date.parse(scheduledAt);
    await Promise.all([beginDueCampaigns(env, clock.time), beginDueCampaigns(env, clock.time)]);
    expect(await world.get(draft)).toMatchObject({ status: "sending", scheduledAt });
    expect((await world.ask("PATCH", `/campaigns/${draft}`, { title: "Too late" })).status).toBe(409);
    await world.finish(draft);
    expect((await arrivals(all[0] as BrowserSubscription)).map(({ message }) => message.title)).toEqual([
      "Fresh rolls",
    ]);
    const { results } = await env.DB.prepare(
      "SELECT type FROM events WHERE json_extract(data, '$.id') = ? ORDER BY seq",
    )
      .bind(draft)
      .all<{ type: string }>();
    const types = results.map(({ type }) => type);
    expect(types.filter((it) => it === "push.sent")).toEqual(["push.sent"]);
    expect(types.at(-1)).toBe("push.sent");
  });

  it("a scheduled one that is cancelled is sent to nobody, and one that is sent at once has no time", async () => {
    const world = await pushWorld(clock);
    const scheduledAt = new Date(clock.time + 60_000).toISOString();
    const id = await world.campaign({ scheduledAt });
    expect((await world.ask("POST", `/campaigns/${id}/cancel`)).body.data).toMatchObject({
      status: "cancelled",
      sent: 0,
    });
    clock.advance(120_000);
    await beginDueCampaigns(env, clock.time);
    expect((await world.get(id)).status).toBe("cancelled");
    const wrong = async (body: object) => {
      const { status, body: said } = await world.ask("POST", "/campaigns", { title: "A", body: "B", ...body });
      return [status, Object.keys(said.error.details.fields)];
    };
    expect(await wrong({ status: "sending", scheduledAt })).toEqual([400, ["scheduledAt"]]);
    expect(await wrong({ status: "scheduled" })).toEqual([400, ["scheduledAt"]]);
    expect(await wrong({ scheduledAt: new Date(clock.time).toISOString() })).toEqual([400, ["scheduledAt"]]);
    expect(await wrong({ html: "<p>A</p>" })).toEqual([400, ["html"]]);
    expect(await wrong({ body: "é".repeat(1_480) })).toEqual([400, ["body"]]);
    expect(
      (await world.ask("POST", "/campaigns", { title: "A", body: "é".repeat(1_400), status: "draft" })).status,
    ).toBe(201);
  });

  it("a key of access type integrations sends by the channels it is made for, and is told the one it is not", async () => {
    const world = await pushWorld(clock);
    const limited = await world.site.workspace.key({ accessType: "integrations", channels: ["email"] });
    const other = await world.site.workspace.key({ accessType: "integrations", channels: ["web_push"] });
    const body = { title: "A", body: "B", status: "draft" };
    const denied = await world.ask("POST", "/campaigns", body, limited.headers);
    expect([denied.status, denied.body.error.details.reason]).toEqual([403, "channel_not_allowed"]);
    expect(denied.body.error.message).toContain("web_push");
    const made = await world.ask("POST", "/campaigns", body, other.headers);
    expect(made.status).toBe(201);
    const at = `/campaigns/${made.body.data.id}`;
    expect((await world.ask("PATCH", at, { status: "sending" }, limited.headers)).status).toBe(403);
    expect((await world.ask("PATCH", at, { channel: "email" }, other.headers)).status).toBe(403);
    expect((await world.ask("POST", `${at}/cancel`, undefined, limited.headers)).status).toBe(403);
    expect((await world.ask("POST", `${at}/cancel`, undefined, other.headers)).status).toBe(200);
  });
});
