// Measures the API beside the bare runtime and counts what is billed; exits 1 when a target is missed.
import { missedDeliveries, missedOperations, missedRatios } from "./budgets.ts";
import { load, type Target } from "./load.ts";
import { readsOf, type Usage, usageUnderLoad, usageWhenQuiet } from "./operations.ts";
import { costPerMillion } from "./prices.ts";
import { printDeliveries, printLists, printOperations, printThroughput } from "./report.ts";
import { type Runtime, startRuntime, type WorkerName } from "./runtime.ts";
import { compare } from "./throughput.ts";
import { type DeliveryCost, measureDeliveries } from "./webhooks.ts";
import type { Seed } from "./workers/setup.ts";

/** A key of the largest tier may make 100 calls a second for ever, and 200 in any one of them. */
const CALLS_PER_KEY = 100;
const MAX_KEYS = 128;
const MIN_KEYS = 24;
const LIST_SIZES = [100, 10_000];

async function setUp<Result>(runtime: Runtime, job: object): Promise<Result> {
  const response = await fetch(await runtime.url("setup"), { method: "POST", body: JSON.stringify(job) });
  if (!response.ok) throw new Error(`setup failed: ${await response.text()}`);
  return (await response.json()) as Result;
}

async function run(runtime: Runtime): Promise<string[]> {
  const { keys: allKeys, siteId, pageId } = await setUp<Seed>(runtime, { seed: { keyCount: MAX_KEYS } });
  const pagePath = `/v1/sites/${siteId}/pages/${pageId}`;
  const targetOf = async (worker: WorkerName, path: string, keys = allKeys): Promise<Target> => ({
    url: await runtime.url(worker),
    path,
    keys,
  });

  // The floor's row holds the very bytes the API answers with.
  const page = await fetch(new URL(pagePath, await runtime.url("product")), {
    headers: { "X-Api-Key": allKeys[0] as string },
  });
  await runtime.sql("floor", "CREATE TABLE rows (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
  await runtime.sql("floor", "INSERT INTO rows VALUES (?, ?)", pageId, await page.text());

  // Warm both sides up, and see how many keys it takes that none of them is asked too often.
  const rehearsal = [];
  for (const [worker, path] of [
    ["product", pagePath],
    ["floor", `/hash-rpc-row/${pageId}`],
    ["floor", "/hash-rpc"],
    ["product", "/v1/me"],
  ] as const) {
    rehearsal.push(await load(await targetOf(worker, path), 2));
  }
  const fastest = rehearsal.at(-1)?.requestsPerSecond ?? 0;
  const keys = allKeys.slice(0, Math.max(MIN_KEYS, Math.ceil(fastest / CALLS_PER_KEY)));

  const outcomes = await compare([
    {
      name: "GET /v1/me | hash + RPC",
      floor: await targetOf("floor", "/hash-rpc", keys),
      ours: await targetOf("product", "/v1/me", keys),
    },
    {
      name: "GET one page | hash + RPC + row",
      floor: await targetOf("floor", `/hash-rpc-row/${pageId}`, keys),
      ours: await targetOf("product", pagePath, keys),
    },
  ]);
  printThroughput(outcomes, keys.length);

  // First, while no other key's object is awake to add its own bookkeeping.
  const quiet = await usageWhenQuiet("GET one page, one key, 1/s", await targetOf("counted", pagePath));
  const busy = (requestsPerSecond: number) => allKeys.slice(0, Math.ceil(requestsPerSecond / CALLS_PER_KEY));
  const [meRate, pageRate] = outcomes.map(({ ours }) => ours.requestsPerSecond) as [number, number];
  const me = await usageUnderLoad("GET /v1/me", await targetOf("counted", "/v1/me", busy(meRate)));
  const onePage = await usageUnderLoad("GET one page", await targetOf("counted", pagePath, busy(pageRate)));
  // One thread served everything, the objects too: an upper bound of the Worker's CPU time.
  const priced = (usage: Usage, requestsPerSecond: number) => ({
    ...usage,
    dollars: costPerMillion(usage.total, 1000 / requestsPerSecond),
  });
  printOperations([priced(me, meRate), priced(onePage, pageRate), priced(quiet, pageRate)]);

  const lists = [];
  let count = 1;
  for (const total of LIST_SIZES) {
    await setUp(runtime, { copyPages: { pageId, from: count, total } });
    count = total;
    const first = await targetOf("counted", `/v1/sites/${siteId}/pages?limit=25`);
    lists.push({ total, ...(await readsOf(first)) });
  }
  printLists(lists);

  const deliveries: DeliveryCost[] = [];
  for (const endpoints of [1, 1_000]) deliveries.push(await measureDeliveries(runtime, setUp, endpoints));
  // A batch of the consumer is billed as one request; its CPU time is that of a warm request at most, per delivery.
  printDeliveries(
    deliveries.map((it) => ({ ...it, dollars: costPerMillion(it.perDelivery, it.deliveredMs / it.endpoints) })),
  );

  return [
    ...deliveries.flatMap(missedDeliveries),
    ...missedRatios(outcomes),
    ...missedOperations(me, { queries: 0, rowsReturned: 0 }),
    ...missedOperations(onePage, { queries: 1, rowsReturned: 1 }),
  ];
}

const runtime = await startRuntime();
try {
  const missed = await run(runtime);
  console.log(
    missed.length === 0 ? "\nEvery target is met." : `\nMissed:\n${missed.map((it) => `  ${it}`).join("\n")}`,
  );
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await runtime.stop();
}
