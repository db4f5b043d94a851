import { type Caller, load, type Target } from "./load.ts";
import type { Counts, Operations } from "./workers/counting.ts";

/** As long as the object waits between two alarms, so that each key has its share of them. */
const SECONDS = 10;
/** Callers enough for a good average of those that call once a second. */
export const QUIET_CALLERS = 24;
const WARM_REQUESTS = 20;
/** How long an isolate believes which deployment is live. */
const KEPT_MS = 1_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export interface Usage {
  name: string;
  requests: number;
  /** Per request: what the Worker asked for while answering. */
  request: Operations;
  /** Per request: the same together with what objects did on their own (leases, alarms, stored figures). */
  total: Operations;
}

export async function takeCounts(url: URL): Promise<Counts> {
  return (await (await fetch(new URL("/bench/counts", url))).json()) as Counts;
}

export const mapped = (operations: Operations, change: (value: number, name: keyof Operations) => number): Operations =>
  Object.fromEntries(
    Object.entries(operations).map(([name, value]) => [name, change(value, name as keyof Operations)]),
  ) as unknown as Operations;

const usageOf = (name: string, requests: number, { request, objects }: Counts): Usage => ({
  name,
  requests,
  request: mapped(request, (value) => value / requests),
  total: mapped(request, (value, figure) => (value + objects[figure]) / requests),
});

/** Billable operations per request under sustained load, once every key has been met. */
export async function usageUnderLoad(name: string, target: Target, seconds = SECONDS): Promise<Usage> {
  await load(target, 1);
  await takeCounts(target.url);
  const { latencies } = await load(target, seconds);
  return usageOf(name, latencies.length, await takeCounts(target.url));
}

/** One call, by the first caller unless another is named. */
async function ask({ url, path, callers }: Target, caller = callers[0]): Promise<void> {
  const response = await fetch(new URL(path, url), { headers: caller });
  const body = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body}`);
}

/** The same of callers that call once a second each: their objects' ten-second bookkeeping is shared by few requests. */
export async function usageWhenQuiet(name: string, target: Target): Promise<Usage> {
  const { callers } = target;
  const everySecond = async (caller: Caller, calls: number) => {
    for (let count = 0; count < calls; count += 1) {
      await ask(target, caller);
      await pause(1_000);
    }
  };
  const allInTurn = (calls: number) =>
    Promise.all(callers.map((it, at) => pause((at / callers.length) * 1_000).then(() => everySecond(it, calls))));
  await allInTurn(1);
  await takeCounts(target.url);
  await allInTurn(SECONDS);
  return usageOf(name, SECONDS * callers.length, await takeCounts(target.url));
}

/**
 * The same while nothing that is kept for a second is asked for anew: a few calls one after another within that second.
 * Where they took longer they are made again.
 */
export async function usageWhenWarm(name: string, target: Target): Promise<Usage> {
  for (;;) {
    await pause(KEPT_MS);
    const start = performance.now();
    await ask(target);
    await takeCounts(target.url);
    for (let count = 0; count < WARM_REQUESTS; count += 1) await ask(target);
    const counts = await takeCounts(target.url);
    if (performance.now() - start < KEPT_MS * 0.9) return usageOf(name, WARM_REQUESTS, counts);
  }
}

/** What one request reads that nothing was kept for. */
export async function firstReadOf(target: Target): Promise<Operations> {
  await takeCounts(target.url);
  await ask(target);
  return (await takeCounts(target.url)).request;
}

/** What one request reads; for lists, whose figures do not depend on load. */
export async function readsOf(target: Target): Promise<Operations> {
  await ask(target);
  return firstReadOf(target);
}
