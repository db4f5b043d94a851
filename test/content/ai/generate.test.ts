import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import { failing } from "../../faults/world.ts";
import { guarded } from "../../faults/bindings.ts";
import { call, START, TestClock } from "../../support/fixtures.ts";
import { asked, type AiWorld, aiWorld, behaving } from "./world.ts";

const clock = new TestClock();
const PROMPT = { prompt: "A page about our sourdough course on Saturdays" };
let world: AiWorld;

beforeEach(async () => {
  clock.time = START;
  world = await aiWorld(clock);
});

async function begin(body: object = PROMPT): Promise<string> {
  const answer = await world.ask("generate", body);
  expect(answer.status, answer.text).toBe(202);
  return answer.body.data.jobId;
}

/** Runs a job until nothing of it is due, ten minutes between two runs. */
async function untilOver(jobId: string, bindings: Env = env): Promise<void> {
  for (let runs = 0; runs < 20; runs += 1) {
    await world.run(jobId, bindings);
    const left = await env.DB.prepare("SELECT due_at FROM jobs WHERE id = ?").bind(jobId).first("due_at");
    if (left === null) return;
    clock.advance(600_000);
  }
  throw new Error("The job does not end");
}

describe("a page that is generated", () => {
  it("a generated page is a job that ends with a draft, whose tokens are counted as the provider reports them", async () => {
    const answer = await world.ask("generate", { ...PROMPT, locale: "de", tone: "warm" });
    expect(answer.body.data).toEqual({ jobId: expect.stringMatching(/^job_/), status: "queued" });
    const { jobId } = answer.body.data;
    expect(answer.headers.get("Location")).toBe(`${world.path}/jobs/${jobId}`);
    await world.run(jobId);
    const job = await world.job(jobId);
    expect(job).toMatchObject({ kind: "ai_generate", status: "succeeded", progress: 100, error: null });
    const [page] = await world.pages();
    expect(page).toMatchObject({ id: job.result.pageId, status: "draft", locale: "de", title: PROMPT.prompt });
    expect(page.blocks.map(({ type }: { type: string }) => type)).toEqual(["HeroSection", "TextSection", "FaqSection"]);
    expect(await world.tokens()).toBe(job.result.usage.totalTokens);
    expect(job.result.usage.totalTokens).toBeGreaterThan(100);
  });

  it("a title, a parent and a language that are asked for are those of the draft, and wrong ones are refused at once", async () => {
    const { id: parentId } = await world.page({ title: "Courses" });
    await world.run(await begin({ ...PROMPT, title: "Sourdough", parentId }));
    expect(await world.pages()).toContainEqual(expect.objectContaining({ title: "Sourdough", parentId, locale: "en" }));
    for (const [field, value] of Object.entries({ parentId: "page_none", locale: "fr", prompt: " ", wrong: 1 })) {
      const answer = await world.ask("generate", { ...PROMPT, [field]: value });
      expect([answer.status, Object.keys(answer.body.error.details.fields)], field).toEqual([400, [field]]);
    }
  });

  it("an answer that is no page is corrected once, and both calls are counted", async () => {
    const jobId = await begin();
    await world.run(jobId, behaving("repaired"));
    const job = await world.job(jobId);
    expect(job.status).toBe("succeeded");
    const correction = (await asked("repaired")).at(-1)?.messages ?? [];
    expect(correction.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
    expect(correction.at(-1)?.content).toContain("not one complete JSON object");
    expect(await world.tokens()).toBe(job.result.usage.totalTokens);
  });

  it.each(["nonsense", "truncated", "wrongKeys"])(
    "a model that answers %s twice ends the job as failed, without a page, at the price of both answers",
    async (behaviour) => {
      const before = (await asked(behaviour)).length;
      const jobId = await begin();
      await untilOver(jobId, behaving(behaviour));
      expect(await world.job(jobId)).toMatchObject({ status: "failed", errorCode: "ai_answer_unusable", result: null });
      expect((await asked(behaviour)).length - before).toBe(2);
      expect(await world.pages()).toEqual([]);
      expect(await world.tokens()).toBeGreaterThan(200);
    },
  );

  it.each(["busy", "stalled", "refusing"])(
    "a model that is %s is asked again, six times, and costs nothing in the end",
    async (behaviour) => {
      const before = (await asked(behaviour)).length;
      const jobId = await begin();
      await untilOver(jobId, behaving(behaviour));
      expect(await world.job(jobId)).toMatchObject({ status: "failed", result: null });
      expect((await asked(behaviour)).length - before).toBe(6);
      expect(await world.tokens()).toBe(0);
    },
  );

  it("a job that is killed at any of its calls ends once, with one page and one charge", async () => {
    for (const moment of ["before", "after"] as const) {
      for (let target = 1; ; target += 1) {
        const jobId = await begin();
        const pages = (await world.pages()).length;
        const tokens = await usedBy(world, jobId, 0);
        const { bindings, calls } = failing(target, moment);
        await world.run(jobId, bindings).catch(() => {});
        await untilOver(jobId);
        const job = await world.job(jobId);
        const what = `${moment} call ${target}`;
        expect([job.status, (await world.pages()).length - pages], what).toEqual(["succeeded", 1]);
        expect(await usedBy(world, jobId, tokens), what).toBe(job.result.usage.totalTokens);
        if (calls() < target) break;
      }
    }
  });

  it("a job that is cancelled before the model has answered costs nothing, and one that is cancelled later what it has used", async () => {
    const first = await begin();
    await call("POST", `${world.path}/jobs/${first}/cancel`, { headers: world.headers });
    await untilOver(first);
    expect([await world.tokens(), (await world.job(first)).status]).toEqual([0, "cancelled"]);
    const second = await begin();
    let statements = 0;
    // Cancelled after the commit of the step that asked the model: the draft is not saved any more.
    const bindings = guarded(async (binding, run) => {
      const done = await run();
      statements += binding === "DB" ? 1 : 0;
      const { status, progress } = await world.job(second);
      if (status === "running" && progress === 80)
        await call("POST", `${world.path}/jobs/${second}/cancel`, { headers: world.headers });
      return done;
    });
    await world.run(second, bindings);
    await untilOver(second);
    expect(statements).toBeGreaterThan(0);
    expect([(await world.job(second)).status, (await world.pages()).length]).toEqual(["cancelled", 0]);
    expect(await world.tokens()).toBeGreaterThan(100);
    expect(await world.tokens()).toBeLessThan(5_000);
  });
});

/** Tokens of the month beyond a figure, whatever is held back for others. */
const usedBy = async (from: AiWorld, _jobId: string, before: number): Promise<number> => (await from.tokens()) - before;

describe("what AI may be used for", () => {
  it("a plan without AI is refused, live and in the sandbox, and one whose tokens are used up until the month is over", async () => {
    for (const environment of ["live", "sandbox"] as const) {
      const free = await aiWorld(clock, { environment, tier: "free" });
      expect(await free.ask("generate", PROMPT)).toMatchObject({
        status: 403,
        body: { error: { details: { upgradeUrl: env.UPGRADE_URL } } },
      });
    }
    const { ledgerOf } = await import("../../../src/core/limits/ledger-object.ts");
    const ledger = ledgerOf(env, world.workspace.id, "live");
    await ledger.reserve({ id: "others", period: "2026-11", amount: 99_000, limit: 100_000 });
    const answer = await world.ask("generate", PROMPT);
    expect(answer.status).toBe(429);
    expect(answer.body.error.details).toMatchObject({ limit: "ai_tokens", scope: "workspace" });
    expect(Number(answer.headers.get("Retry-After"))).toBe((Date.UTC(2026, 11) - START) / 1_000);
    expect(await world.tokens()).toBe(99_000);
  });

  it("calls in the sandbox count no tokens, and make sandbox drafts", async () => {
    const sandbox = await aiWorld(clock, { environment: "sandbox" });
    const { jobId } = (await sandbox.ask("generate", PROMPT)).body.data;
    await sandbox.run(jobId);
    expect((await sandbox.pages()).length).toBe(1);
    expect(await sandbox.tokens()).toBe(0);
  });

  it("a key makes two AI calls a minute, of whatever kind, and the third is told which limit and how long", async () => {
    const { headers } = await world.workspace.key();
    const assist = () =>
      call("POST", `${world.path}/ai/assist`, { headers, body: { instruction: "improve", text: "we bake" } });
    expect([(await assist()).status, (await assist()).status]).toEqual([200, 200]);
    const third = await assist();
    expect([third.status, third.body.error.details.limit, third.headers.get("Retry-After")]).toEqual([
      429,
      "ai_requests",
      "30",
    ]);
    clock.advance(30_000);
    expect((await assist()).status).toBe(200);
  });

  it("a server without a model says what to set, and begins no job", async () => {
    for (const [settings, named] of [
      [{ AI_BASE_URL: "", AI_MODEL: "" }, "AI_BASE_URL"],
      [{ AI_BASE_URL: "https://api.example.com/v1", AI_MODEL: "" }, "AI_MODEL"],
    ] as const) {
      const answer = await world.ask("generate", PROMPT, { ...behaving("v1"), ...settings });
      expect([answer.status, answer.body.error.details.reason]).toEqual([503, "ai_not_configured"]);
      expect(answer.body.error.message).toContain(named);
    }
    expect((await call("GET", `${world.path}/jobs`, { headers: world.headers })).body.data).toEqual([]);
  });

  it("Workers AI answers where it is bound and nobody else is named", async () => {
    const asked: unknown[] = [];
    const run = async (model: string, { messages }: { messages: { content: string }[] }) => {
      asked.push(model);
      const { texts } = JSON.parse(messages[1]?.content ?? "{}");
      return { response: { texts }, usage: { prompt_tokens: 7, completion_tokens: 5 } };
    };
    const bindings = { ...behaving("v1"), AI_BASE_URL: "", AI_MODEL: "", AI: { run } as never };
    const answer = await world.ask("assist", { instruction: "grammar", text: "We bake." }, bindings);
    expect(answer.body.data).toMatchObject({ text: "We bake.", usage: { totalTokens: 12 } });
    expect(asked).toEqual(["@cf/meta/llama-3.3-70b-instruct-fp8-fast"]);
    expect(await world.tokens()).toBe(12);
  });
});

describe("AI by other ways", () => {
  it("tools count as the calls they stand for: the third in a minute is denied, and a tool that reaches no model counts nothing", async () => {
    const { headers } = await world.workspace.key();
    const use = (tool: string, more: object) =>
      call("POST", "/api/v1/mcp/tools/call", {
        headers,
        body: { server: "optimocms", tool, arguments: { siteId: world.siteId, ...more } },
      });
    expect((await use("translate_page", { pageId: "page_none", targetLanguage: "de" })).status).toBe(404);
    const { id: pageId } = await world.page({ title: "Contact" });
    const begun = await use("generate_page", PROMPT);
    expect(begun.body.result).toMatchObject({ kind: "ai_generate", status: "queued" });
    const { jobId } = begun.body.result;
    expect((await use("translate_page", { pageId, targetLanguage: "de" })).body.result.page.title).toBe("Contact (de)");
    const third = await use("assist_content", { instruction: "improve", text: "we bake" });
    expect([third.status, third.body.limit_name]).toEqual([429, "ai_requests"]);
    await world.run(jobId);
    expect((await use("get_job", { jobId })).body.result).toMatchObject({ status: "succeeded" });
    const stranger = await world.workspace.key({ scopes: ["mcp:write", "pages:read"] });
    const body = { server: "optimocms", tool: "get_job", arguments: { siteId: world.siteId, jobId } };
    expect((await call("POST", "/api/v1/mcp/tools/call", { headers: stranger.headers, body })).status).toBe(403);
  });

  it("a call that is repeated with its Idempotency-Key begins one job, and translates once", async () => {
    const { id: pageId } = await world.page({ title: "Contact" });
    const { headers } = await world.workspace.key();
    const repeat = async (what: string, body: object) => {
      const init = { headers: { ...headers, "Idempotency-Key": `once-${what}` }, body };
      const [first, second] = [
        await call("POST", `${world.path}/ai/${what}`, init),
        await call("POST", `${world.path}/ai/${what}`, init),
      ];
      expect([first.status, second.text], first.text).toEqual([second.status, first.text]);
      return first.body.data;
    };
    await repeat("generate", PROMPT);
    const { usage } = await repeat("translate", { pageId, targetLanguage: "de" });
    expect((await call("GET", `${world.path}/jobs`, { headers: world.headers })).body.pagination.total).toBe(1);
    expect(await world.tokens()).toBe(usage.totalTokens);
  });

  it("of two translations of a page into one language at once, one is saved; both are paid for", async () => {
    const { id: pageId } = await world.page({ title: "Contact" });
    const both = await Promise.all([1, 2].map(() => world.ask("translate", { pageId, targetLanguage: "de" })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { usage } = both.find(({ status }) => status === 201)?.body.data ?? {};
    expect(await world.tokens()).toBe(2 * usage.totalTokens);
  });

  it("a provider that fails gives the call back: the key may make its two calls all the same", async () => {
    const { headers } = await world.workspace.key();
    const { callThrough } = await import("../../faults/world.ts");
    const assist = (behaviour: string) =>
      callThrough(behaving(behaviour), "POST", `${world.path}/ai/assist`, {
        headers,
        body: { instruction: "improve", text: "we bake" },
      });
    for (let n = 0; n < 3; n += 1) expect((await assist("broken")).status).toBe(503);
    expect([(await assist("v1")).status, (await assist("v1")).status, (await assist("v1")).status]).toEqual([
      200, 200, 429,
    ]);
  });
});
