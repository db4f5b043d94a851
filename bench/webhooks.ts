import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mapped, takeCounts } from "./operations.ts";
import type { Runtime } from "./runtime.ts";
import type { Operations } from "./workers/counting.ts";

/** What it takes to tell `endpoints` receivers of one event. */
export interface DeliveryCost {
  endpoints: number;
  /** The call that makes the event, fan-out included. */
  fanOutMs: number;
  /** From that call's answer until the last receiver has answered and all is recorded, by one consumer. */
  deliveredMs: number;
  perDelivery: Operations;
}

type SetUp = <Result>(runtime: Runtime, job: object) => Promise<Result>;

/** A receiver that takes everything. */
async function startReceiver() {
  let received = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      received += 1;
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received: () => received, close: () => server.close() };
}

async function post<Data>(base: URL, path: string, key: string, body: object): Promise<Data> {
  const headers = { "X-Api-Key": key, "Content-Type": "application/json" };
  const response = await fetch(new URL(path, base), { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { data: Data }).data;
}

/** Milliseconds the call takes that makes an event. */
async function createPost(base: URL, key: string): Promise<number> {
  const start = performance.now();
  await post(base, "/api/v1/posts", key, { title: "Bread" });
  return performance.now() - start;
}

async function subscribe(base: URL, key: string, url: string, count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const body = { url: `${url}/${number}`, events: ["post.created"] };
    ids.push((await post<{ id: number }>(base, "/api/v1/webhooks", key, body)).id);
  }
  return ids;
}

/** Makes one event heard by `endpoints` receivers and counts what that costs beyond the event itself. */
export async function measureDeliveries(runtime: Runtime, setUp: SetUp, endpoints: number): Promise<DeliveryCost> {
  const receiver = await startReceiver();
  try {
    const base = await runtime.url("counted");
    const unheard = await setUp<{ key: string }>(runtime, { newWorkspace: true });
    const heard = await setUp<{ key: string }>(runtime, { newWorkspace: true });
    const ids = await subscribe(base, heard.key, receiver.url, endpoints);
    const deliverDue = () => fetch(new URL("/bench/deliver-due", base), { method: "POST", body: JSON.stringify(ids) });
    for (const { key } of [unheard, heard]) await createPost(base, key);
    await deliverDue();
    const before = receiver.received();

    await takeCounts(base);
    await createPost(base, unheard.key);
    const { request: event } = await takeCounts(base);
    const fanOutMs = await createPost(base, heard.key);
    const start = performance.now();
    await deliverDue();
    const deliveredMs = performance.now() - start;
    const { request: all } = await takeCounts(base);

    const delivered = receiver.received() - before;
    if (delivered !== endpoints) throw new Error(`${delivered} of ${endpoints} webhooks were delivered`);
    const perDelivery = mapped(all, (value, name) => (value - event[name]) / endpoints);
    return { endpoints, fanOutMs, deliveredMs, perDelivery };
  } finally {
    receiver.close();
  }
}
