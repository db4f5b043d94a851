import { describe, expect, it } from "vitest";
import { type Answer, call, makeWorkspace, TestClock } from "../support/fixtures.ts";
import { countOf, type TestKey, times } from "./engine.ts";

const clock = new TestClock();

const usage = async (key: TestKey): Promise<Answer["body"]> => {
  const answer = await call("GET", "/v1/usage", { headers: key.headers });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
};

describe("usage figures", () => {
  it("usage figures equal the calls that were let in, by several keys on both APIs; denied calls are not counted", async () => {
    const workspace = await makeWorkspace(clock, "free");
    const keys = [await workspace.key(), await workspace.key(), await workspace.key()];
    const admitted = [0, 0, 0];
    for (let round = 0; round < 4; round += 1) {
      for (const [index, key] of keys.entries()) {
        const content = await times(14, () => call("GET", "/v1/me", { headers: key.headers }));
        const platform = await times(20 + 10 * index, () =>
          call("GET", "/api/v1/workspaces", { headers: key.headers }),
        );
        expect(countOf(content, 429)).toBeGreaterThanOrEqual(4);
        admitted[index] = (admitted[index] ?? 0) + countOf(content, 200) + countOf(platform, 200);
      }
      clock.advance(3_000);
    }
    const [first, second, third] = admitted as [number, number, number];
    const mine = await usage(keys[0] as TestKey);
    expect(mine.apiCalls.used).toBe(first + second + third + 1);
    expect(mine.key).toMatchObject({ callsToday: first + 1, callsThisMonth: first + 1 });
    const theirs = await usage(keys[1] as TestKey);
    expect(theirs.apiCalls.used).toBe(first + second + third + 2);
    expect(theirs.key.callsToday).toBe(second + 1);
  });

  it("usage figures count nothing for calls that a bucket denied, and draw no lease for them", async () => {
    const workspace = await makeWorkspace(clock, "starter");
    const key = await workspace.key();
    const answers = await times(50, () => call("GET", "/v1/me", { headers: key.headers }));
    expect(countOf(answers, 200)).toBe(10);
    clock.advance(60_000);
    const data = await usage(key);
    expect(data.apiCalls).toEqual({ used: 11, limit: 1_000, remaining: 989 });
  });

  it("usage figures show a key's own cap and the part of it that is left to the plan", async () => {
    const workspace = await makeWorkspace(clock, "enterprise");
    const key = await workspace.key({ monthlyCap: 3 });
    const answers = await times(5, () => call("GET", "/v1/me", { headers: key.headers }));
    expect(countOf(answers, 200)).toBe(3);
    expect((await usage(await workspace.key())).apiCalls.used).toBe(4);
  });
});
