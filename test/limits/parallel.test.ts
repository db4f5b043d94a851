import { beforeEach, describe, expect, it } from "vitest";
import { type Answer, call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { ask, countOf, limitsOf, type TestKey, times } from "./engine.ts";

const clock = new TestClock();
let workspace: Workspace;
let key: TestKey;

async function start(tier: string): Promise<void> {
  workspace = await makeWorkspace(clock, tier);
  key = await workspace.key();
}

const me = (): Promise<Answer> => call("GET", "/v1/me", { headers: key.headers });

describe("calls made at once", () => {
  beforeEach(() => start("free"));

  it("calls made at once let exactly 60 of 200 through a bucket of 60", async () => {
    const verdicts = await times(200, () => ask(workspace, key, "delivery"));
    expect(verdicts.filter(({ kind }) => kind === "admitted")).toHaveLength(60);
    expect(verdicts.filter(({ kind }) => kind === "limited")).toHaveLength(140);
  });

  it("calls made at once let exactly 60 of 200 through the Platform API's bucket", async () => {
    const answers = await times(200, () => call("GET", "/api/v1/workspaces", { headers: key.headers }));
    expect(countOf(answers, 200)).toBe(60);
    expect(countOf(answers, 429)).toBe(140);
  });

  it("calls made at once let exactly 10 through the Content API's second, and no more than 60 + 1 a second over time", async () => {
    let passed = 0;
    for (let second = 0; second < 8; second += 1) {
      const answers = await times(40, me);
      for (const answer of answers) limitsOf(answer, clock.time);
      passed += countOf(answers, 200);
      expect(countOf(answers, 200)).toBe(Math.min(10, 60 + second - (passed - countOf(answers, 200))));
      clock.advance(1_000);
    }
    expect(passed).toBe(60 + 7);
  });

  it("calls made at once each see another figure, counting down to 0", async () => {
    const figures = (await times(60, () => call("GET", "/api/v1/workspaces", { headers: key.headers }))).map((it) =>
      Number(it.headers.get("X-RateLimit-Remaining")),
    );
    expect(figures.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index));
  });
});

describe("a tier with a burst allowance", () => {
  it("a tier with a burst allowance admits limit and burst together and never shows more than the limit", async () => {
    await start("starter");
    const charges = { "platform.requests_per_minute": 1 };
    const verdicts = await times(1_300, () => ask(workspace, key, "platform", { charges }));
    const admitted = verdicts.filter((it) => it.kind === "admitted");
    expect(admitted).toHaveLength(1_200);
    for (const { figures } of admitted) {
      expect(figures[0]?.limit).toBe(1_000);
      expect(figures[0]?.remaining).toBeLessThanOrEqual(1_000);
    }
  });
});
