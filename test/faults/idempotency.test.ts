import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answer, call, TestClock } from "../support/fixtures.ts";
import { countOf, times } from "../limits/engine.ts";
import { count, makeSite, type Site } from "./world.ts";

const clock = new TestClock();
let site: Site;

beforeAll(async () => {
  site = await makeSite(clock);
});

beforeEach(() => {
  clock.advance(60_000);
});

const post = (
  body: object | string,
  idempotencyKey: string,
  headers: Record<string, string> = site.key.headers,
): Promise<Answer> =>
  call("POST", `${site.path}/pages`, { headers: { ...headers, "Idempotency-Key": idempotencyKey }, body });

const pagesNamed = (title: string) => count("SELECT count(*) AS n FROM pages WHERE title = ?", title);

describe("calls with one Idempotency-Key", () => {
  it("calls with one Idempotency-Key make one page when 50 arrive at once; the others get the same answer or 409 with a time to retry", async () => {
    const answers = await times(50, () => post({ title: "At once" }, "at-once"));
    expect(await pagesNamed("At once")).toBe(1);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThanOrEqual(1);
    expect(done.length + countOf(answers, 409)).toBe(50);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    }
    const replay = await post({ title: "At once" }, "at-once");
    expect([replay.status, replay.text]).toEqual([201, done[0]?.text]);
    expect(replay.headers.get("Idempotency-Replayed")).toBe("true");
    expect(replay.headers.get("ETag")).toBe(done[0]?.headers.get("ETag"));
    expect(replay.headers.get("Location")).toBe(done[0]?.headers.get("Location"));
  });

  it("calls with one Idempotency-Key are the same call whether the key is quoted or not", async () => {
    const made = await post({ title: "Quoted" }, "quoted");
    const replay = await post({ title: "Quoted" }, '"quoted"');
    expect(replay.text).toBe(made.text);
  });

  it("calls with one Idempotency-Key are refused with 422 when body, path or method differ", async () => {
    const made = await post({ title: "First" }, "differs");
    expect(made.status).toBe(201);
    expect((await post({ title: "Second" }, "differs")).status).toBe(422);
    const headers = { ...site.key.headers, "Idempotency-Key": "differs" };
    const path = `${site.path}/pages/${made.body.data.id}`;
    expect((await call("PATCH", path, { headers, body: { title: "First" } })).status).toBe(422);
    expect((await call("DELETE", path, { headers })).status).toBe(422);
    expect(await pagesNamed("Second")).toBe(0);
  });

  it("calls with one Idempotency-Key are independent when they come with another API key", async () => {
    const other = await site.workspace.key();
    const first = await post({ title: "Independent" }, "shared");
    const second = await post({ title: "Independent" }, "shared", other.headers);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.data.id).not.toBe(first.body.data.id);
    expect(second.headers.get("Idempotency-Replayed")).toBeNull();
  });

  it("calls with one Idempotency-Key are new ones after 24 hours", async () => {
    const first = await post({ title: "Daily" }, "daily");
    clock.advance(24 * 3_600_000 - 1);
    expect((await post({ title: "Daily" }, "daily")).text).toBe(first.text);
    clock.advance(1);
    const second = await post({ title: "Daily" }, "daily");
    expect(second.status).toBe(201);
    expect(second.body.data.id).not.toBe(first.body.data.id);
    expect((await post({ title: "Daily" }, "daily")).text).toBe(second.text);
  });
});

describe("an Idempotency-Key", () => {
  it("an Idempotency-Key is free again after a validation failure, so that a corrected body may follow", async () => {
    expect((await post({ title: "" }, "corrected")).status).toBe(400);
    expect((await post({ title: "Corrected" }, "corrected")).status).toBe(201);
  });

  it("an Idempotency-Key is free again after a 429, the bucket's and the cooldown's", async () => {
    const key = await site.workspace.key({ rateLimitTier: "starter" });
    await times(10, () => call("GET", "/v1/me", { headers: key.headers }));
    expect((await post({ title: "Denied" }, "denied", key.headers)).status).toBe(429);
    clock.advance(60_000);
    const passed = await post({ title: "Denied" }, "denied", key.headers);
    expect([passed.status, passed.headers.get("Idempotency-Replayed")]).toEqual([201, null]);
    const publish = (name: string) =>
      call("POST", `${site.path}/publish`, { headers: { ...site.key.headers, "Idempotency-Key": name } });
    expect((await publish("publish-1")).status).toBe(200);
    expect((await publish("publish-2")).status).toBe(429);
    clock.advance(300_000);
    expect((await publish("publish-2")).status).toBe(200);
  });

  it("an Idempotency-Key too long or empty is a validation error, told only to callers with a key", async () => {
    expect((await post({ title: "Long" }, "x".repeat(256))).status).toBe(400);
    expect((await post({ title: "Empty" }, '""')).status).toBe(400);
    expect((await post({ title: "Long" }, "x".repeat(255))).status).toBe(201);
    expect((await post({ title: "Long" }, "x".repeat(256), {})).status).toBe(401);
  });
});

describe("a stored answer", () => {
  it("a stored answer holds nothing of the body that can be read without the caller's API key", async () => {
    const secret = `Secret ${crypto.randomUUID()}`;
    const made = await post({ title: "Sealed", blocks: [{ type: "Text", props: { text: secret } }] }, "sealed");
    expect(made.text).toContain(secret);
    const record = await env.DB.prepare("SELECT * FROM idempotency_records WHERE idempotency_key = 'sealed'").first();
    expect(record).not.toBeNull();
    const text = JSON.stringify(record);
    for (const part of [secret, "Sealed"]) {
      expect(text).not.toContain(part);
      expect(text).not.toContain(btoa(part).replace(/=+$/, ""));
    }
  });

  it("a stored answer is sealed anew each time: two equal answers have nothing in common", async () => {
    const sealed = async (name: string) => {
      const sql = "SELECT sealed_body FROM idempotency_records WHERE idempotency_key = ?";
      return (await env.DB.prepare(sql).bind(name).first<string>("sealed_body")) ?? "";
    };
    const remove = async (name: string) => {
      const made = await post({ title: `Removed ${name}` }, `make-${name}`);
      const headers = { ...site.key.headers, "Idempotency-Key": name };
      await call("DELETE", `${site.path}/pages/${made.body.data.id}`, { headers });
    };
    await remove("one");
    await remove("two");
    expect(await sealed("one")).not.toBe(await sealed("two"));
  });
});
