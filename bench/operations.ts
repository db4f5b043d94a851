import { load, type Target } from "./load.ts";
import type { Counts, Operations } from "./workers/counting.ts";

/** As long as the object waits between two alarms, so that each key has its share of them. */
const SECONDS = 10;
const QUIET_REQUESTS = 20;

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
export async function usageUnderLoad(name: string, target: Target): Promise<Usage> {
  await load(target, 1);
  await takeCounts(target.url);
  const { latencies } = await load(target, SECONDS);
  return usageOf(name, latencies.length, await takeCounts(target.url));
}

/** The same of one key that calls once a second: its object's ten-second bookkeeping is shared by few requests. */
export async function usageWhenQuiet(name: string, target: Target): Promise<Usage> {
  const [key] = target.keys;
  const call = async () => {
    const response = await fetch(new URL(target.path, target.url), { headers: { "X-Api-Key": key as string } });
    await response.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  };
  await call();
  await takeCounts(target.url);
  for (let count = 0; count < QUIET_REQUESTS; count += 1) await call();
  return usageOf(name, QUIET_REQUESTS, await takeCounts(target.url));
}

/** What one request reads; for lists, whose figures do not depend on load. */
export async function readsOf(target: Target): Promise<Operations> {
  const call = () => fetch(new URL(target.path, target.url), { headers: { "X-Api-Key": target.keys[0] as string } });
  await (await call()).arrayBuffer();
  await takeCounts(target.url);
  const response = await call();
  if (!response.ok) throw new Error(`${target.path} answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
  return (await takeCounts(target.url)).request;
}
