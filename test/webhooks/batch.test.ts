import { describe, expect, it } from "vitest";
import type { Runtime } from "../../src/core/runtime.ts";
import { Batch, type Release } from "../../src/webhooks/batch.ts";
import { InvocationBudget } from "../../src/webhooks/budget.ts";
import type { DueDelivery, EndpointRow, Lease } from "../../src/webhooks/lease.ts";
import type { NextStep } from "../../src/webhooks/next-step.ts";
import { type Message, post } from "../../src/webhooks/post.ts";
import { generateSecret } from "../../src/webhooks/secret.ts";

const START = Date.UTC(2026, 10, 20, 12);
const secrets = [generateSecret(new Uint8Array(32))];

/** A world of its own: no clock but this one, no network, no bindings. */
class FakeRuntime implements Runtime {
  time = START;
  readonly requests: { url: string; init: RequestInit }[] = [];
  /** Attempts under way, and the most there have been at once. */
  underWay = 0;
  most = 0;

  constructor(private readonly statuses: number[]) {}

  now = () => this.time;
  random = () => 0.5;
  uuid = () => "lease";
  deadline = () => ({ signal: new AbortController().signal, clear: () => {} });
  fetch = async (url: URL, init: RequestInit): Promise<Response> => {
    this.requests.push({ url: url.href, init });
    const status = this.statuses[this.requests.length - 1] ?? 200;
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    // Long enough for the others to begin.
    for (let step = 0; step < 20; step += 1) await Promise.resolve();
    this.underWay -= 1;
    return new Response("thanks", { status });
  };
}

interface Recorded {
  seq: number;
  status: string;
  release: Release | null;
}

function leaseOf(count: number, endpoint: Partial<EndpointRow> = {}): Lease {
  const due = Array.from({ length: count }, (_, n): DueDelivery => {
    const id = `evt_${n}`;
    const event = { id, type: "post.created", createdAt: START, workspaceId: 1, siteId: null, environment: "live" };
    return { attempt: 0, round: 0, seq: n + 1, event: { ...event, data: JSON.stringify({ id: n }) } };
  });
  const url = "https://receiver.example.org/hook";
  return {
    endpoint: { url, consecutiveFailures: 0, pace: null, ...endpoint } as EndpointRow,
    key: null,
    id: "lease",
    takenAt: START,
    due,
  };
}

async function delivered(lease: Lease, runtime: FakeRuntime, budget = new InvocationBudget(runtime)) {
  const recorded: Recorded[] = [];
  const releases: Release[] = [];
  const records = {
    record: async ({ seq }: DueDelivery, { status }: NextStep) => {
      recorded.push({ seq, status, release: null });
      return true;
    },
    recordLast: async ({ seq }: DueDelivery, { status }: NextStep, release: Release | null) => {
      recorded.push({ seq, status, release });
      return null;
    },
    release: async (release: Release) => {
      releases.push(release);
      return release.restUntil;
    },
  };
  const postIt = (message: Message) => post(message, { timeoutMs: 15_000, allowLoopback: false }, runtime);
  const means = {
    runtime,
    budget,
    records,
    isWanted: async () => true,
    post: postIt,
    secrets,
    subscriber: null,
  };
  return { end: await new Batch(lease, means).run(), recorded, releases };
}

describe("a batch, without the runtime", () => {
  it("a batch of deliveries makes one attempt, and three at a time once that was answered, records each, and ends the lease with the last", async () => {
    const runtime = new FakeRuntime([]);
    const { end, recorded, releases } = await delivered(leaseOf(7), runtime);
    expect(runtime.most).toBe(3);
    expect(recorded.map(({ seq }) => seq).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(recorded.filter(({ release }) => release)).toEqual([recorded.at(-1)]);
    expect([end, releases]).toEqual([{ next: null, isGone: false }, []]);
  });

  it("a batch of deliveries tries a receiver that failed last time with one attempt at a time", async () => {
    const runtime = new FakeRuntime([]);
    await delivered(leaseOf(3, { consecutiveFailures: 1 }), runtime);
    expect([runtime.most, runtime.requests.length]).toEqual([1, 3]);
  });

  it("a batch of deliveries starts nothing more once the receiver asked for time or is gone", async () => {
    for (const [status, isGone] of [
      [503, false],
      [410, true],
    ] as const) {
      const runtime = new FakeRuntime([status]);
      const { end, recorded } = await delivered(leaseOf(5, { consecutiveFailures: 1 }), runtime);
      expect(runtime.requests).toHaveLength(1);
      expect(recorded).toMatchObject([{ seq: 1, status: isGone ? "failed" : "retrying" }]);
      expect(recorded[0]?.release?.restUntil ?? 0).toBe(isGone ? 0 : START + 5_000);
      expect(end.isGone).toBe(isGone);
    }
  });

  it("a batch of deliveries starts nothing later than ten seconds after the invocation began, and gives the lease back", async () => {
    const runtime = new FakeRuntime([]);
    const budget = new InvocationBudget(runtime);
    runtime.time = START + 10_000;
    const { recorded, releases } = await delivered(leaseOf(2), runtime, budget);
    expect([runtime.requests, recorded]).toEqual([[], []]);
    expect(releases).toHaveLength(1);
  });

  it("a batch of deliveries sends the event's id, the attempt and a signature, and follows no redirect", async () => {
    const runtime = new FakeRuntime([]);
    await delivered(leaseOf(1), runtime);
    const [{ url, init }] = runtime.requests as [{ url: string; init: RequestInit }];
    expect(url).toBe("https://receiver.example.org/hook");
    expect(init).toMatchObject({ method: "POST", redirect: "manual" });
    expect(init.headers).toMatchObject({ "webhook-id": "evt_0", "webhook-attempt": "1" });
    expect((init.headers as Record<string, string>)["webhook-timestamp"]).toBe(String(START / 1000));
  });
});

const broken = (): ReadableStream =>
  new ReadableStream({ pull: (controller) => controller.error(new Error("The body broke off.")) });

describe("an answer whose body cannot be read", () => {
  it.each([
    [200, true],
    [500, false],
    [410, false],
  ])("an answer whose body cannot be read is what its status says: %i", async (status, isSuccess) => {
    const runtime = { ...new FakeRuntime([]), fetch: async () => new Response(broken(), { status }) };
    const message = { url: "https://receiver.example.org/", id: "evt_1", attempt: 1, body: "{}", secrets };
    const outcome = await post(message, { timeoutMs: 15_000, allowLoopback: false }, runtime);
    expect(outcome).toMatchObject({ isSuccess, status, response: null });
  });
});
