import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSecret } from "../../../src/webhooks/secret.ts";
import { databaseText, keyValueText, storedInObjects } from "../../faults/storage.ts";
import { callWith } from "../../support/counting.ts";
import { clock } from "../support/clock.ts";
import { type Arrival, arrivals, isGenuine } from "../support/receiver.ts";
import { consume, makeWorld, type World } from "../support/world.ts";

const DAY = 24 * 3_600_000;
let world: World;

const LEVELS = ["log", "info", "warn", "error", "debug"] as const;
const written: string[] = [];
const originals = LEVELS.map((level) => console[level]);

beforeAll(async () => {
  for (const level of LEVELS) console[level] = (...values: unknown[]) => written.push(values.map(String).join(" "));
  world = await makeWorld(clock);
});
afterAll(() => {
  for (const [index, level] of LEVELS.entries()) console[level] = originals[index] as typeof console.log;
});

const rotate = async (id: number, body?: object) => {
  const answer = await world.platform.post(`/webhooks/${id}/rotate-secret`, body);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
};

describe("after a rotation", () => {
  it("after a rotation both secrets verify for 24 hours, then only the new one", async () => {
    const hook = await world.hook({ events: ["post.created"] });
    const rotated = await rotate(hook.id);
    const start = clock.time;
    expect(rotated.secret).not.toBe(hook.secret);
    expect(Date.parse(rotated.previous_secret_expires_at)).toBe(start + DAY);
    for (const after of [50, DAY - 1, DAY, 2 * DAY]) {
      clock.time = start + after - 50;
      await world.post();
      await world.deliverDue();
    }
    const all = await arrivals(hook.url);
    expect(all.map((arrival) => isGenuine(arrival, rotated.secret))).toEqual([true, true, true, true]);
    expect(all.map((arrival) => isGenuine(arrival, hook.secret))).toEqual([true, true, false, false]);
    const signatures = all.map(({ headers }) => headers["webhook-signature"]?.split(" ").length);
    expect(signatures).toEqual([2, 2, 1, 1]);
  });

  it("after two rotations the newest secret and the one before verify", async () => {
    const hook = await world.hook({ events: ["post.updated"] });
    const secrets = [hook.secret, (await rotate(hook.id)).secret, (await rotate(hook.id)).secret];
    const { id } = await world.post();
    await world.platform.patch(`/posts/${id}`, { title: "Changed" });
    await world.deliverDue();
    const [arrival] = (await arrivals(hook.url)) as [Arrival];
    expect(secrets.map((secret) => isGenuine(arrival, secret))).toEqual([false, true, true]);
  });
});

describe("a former secret", () => {
  /** Which of these secrets verify what the endpoint is sent now. */
  async function signing(hook: { id: number; url: string }, ...secrets: string[]): Promise<boolean[]> {
    await world.post();
    await world.deliverDue();
    const arrival = (await arrivals(hook.url)).at(-1) as Arrival;
    return secrets.map((secret) => isGenuine(arrival, secret));
  }

  it.each(["platform", "content"] as const)(
    "a former secret can be ended at once, on the surface %s, and is in no answer of the call",
    async (surface) => {
      const siteId = await world.site();
      const hook = await world.hook({ events: ["*"] });
      const ofSite = await world.hook({ events: ["page.*"], site_id: siteId });
      const id = surface === "platform" ? hook.id : ofSite.id;
      const rotated = await rotate(id);
      if (surface === "platform") expect(await signing(hook, hook.secret, rotated.secret)).toEqual([true, true]);
      const path = surface === "platform" ? `/webhooks/${id}` : `/sites/${siteId}/webhooks/wh_${id}`;
      const end = () => world[surface].post(`${path}/end-previous-secret`);
      const ended = await end();
      expect(ended.status, ended.text).toBe(200);
      expect(ended.text).not.toContain(hook.secret);
      expect(await world.at(id)).toMatchObject({ previous_secret_expires_at: null, version: 3 });
      if (surface === "platform") expect(await signing(hook, hook.secret, rotated.secret)).toEqual([false, true]);
      // Nothing is left to end, and nothing changes.
      expect((await end()).status).toBe(200);
      expect((await world.at(id)).version).toBe(3);
    },
  );

  it("a former secret signs for as many hours as the rotation says, none among them", async () => {
    const hook = await world.hook({ events: ["*"] });
    const first = await rotate(hook.id, { grace_period_hours: 2 });
    expect(Date.parse(first.previous_secret_expires_at)).toBe(clock.time + DAY / 12);
    expect(await signing(hook, hook.secret, first.secret)).toEqual([true, true]);
    const second = await rotate(hook.id, { grace_period_hours: 0 });
    expect(second.previous_secret_expires_at).toBeNull();
    expect(await signing(hook, hook.secret, first.secret, second.secret)).toEqual([false, false, true]);
    for (const hours of [-1, 25, 1.5, "2"]) {
      const refused = await world.platform.post(`/webhooks/${hook.id}/rotate-secret`, { grace_period_hours: hours });
      expect([refused.status, Object.keys(refused.body.errors)]).toEqual([422, ["grace_period_hours"]]);
    }
  });
});

describe("a secret", () => {
  it("a webhook's secret that is given is kept, at creation and at rotation", async () => {
    const [first, second] = [generateSecret(), generateSecret()];
    const hook = await world.hook({ secret: first });
    expect(hook.secret).toBe(first);
    expect((await rotate(hook.id, { secret: second })).secret).toBe(second);
    const report = await world.platform.post(`/webhooks/${hook.id}/test`, {});
    expect(report.body, report.text).toMatchObject({
      success: true,
      status_code: 200,
      response_body: '{"received":true}',
    });
    const [arrival] = (await arrivals(hook.url)) as [Arrival];
    expect([first, second].map((secret) => isGenuine(arrival, secret))).toEqual([true, true]);
  });

  it("a webhook's secret is shown when it is made, and nowhere and never again in plain text", async () => {
    const siteId = await world.site();
    const init = {
      headers: { ...world.headers, "Idempotency-Key": "once" },
      body: { url: "https://example.com/hook", events: ["*"] },
    };
    const made = await callWith({ LOG_LEVEL: "info" }, "POST", `/v1/sites/${siteId}/webhooks`, init);
    const failing = await world.hook({ to: "status/500", secret: generateSecret() });
    const secrets = [made.body.data.secret, failing.secret, (await rotate(failing.id)).secret];
    await world.post();
    await consume([[failing.id, Number(made.body.data.id.slice(3))]], { ...env, LOG_LEVEL: "info" });
    const [{ id: delivery }] = await world.deliveries(failing.id);
    const answers = await Promise.all([
      world.platform.get("/webhooks?per_page=100"),
      world.platform.get(`/webhooks/${failing.id}`),
      world.platform.patch(`/webhooks/${failing.id}`, { description: "Changed" }),
      world.platform.get(`/webhooks/${failing.id}/deliveries/${delivery}`),
      world.content.get(`/sites/${siteId}/webhooks`),
      world.content.get(`/sites/${siteId}/webhooks/${made.body.data.id}`),
      world.platform.get("/audit-log?per_page=100"),
      world.platform.get("/events?limit=100"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const objects = [
      env.KEY_OBJECT,
      env.LEDGER_OBJECT,
      env.IP_OBJECT,
      env.SCHEDULER_OBJECT,
      env.VAULT_OBJECT,
      env.ANALYTICS_OBJECT,
    ];
    const places = {
      answers: answers.map(({ text }) => text).join(),
      database: await databaseText(),
      kv: await keyValueText(),
      objects: (await Promise.all(objects.map((it) => storedInObjects(it as typeof env.KEY_OBJECT)))).flat().join(),
      log: written.join(),
    };
    expect(places.database).toContain("v1.1.");
    expect(places.log).toContain('"message":"request"');
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) {
        expect(text.includes(secret.slice(6)), `${place} has a secret`).toBe(false);
        expect(text.includes(btoa(secret)), `${place} has a secret in base64`).toBe(false);
      }
    }
  });

  it("a webhook's secret is opened by the vault's one key, which is all its object stores", async () => {
    await world.hook();
    const stored = await storedInObjects(env.VAULT_OBJECT);
    expect(stored).toHaveLength(1);
    expect(JSON.parse(stored[0] as string)[0]).toEqual([["keys", { 1: expect.stringMatching(/^[\w-]{43}$/) }]]);
  });
});
