// Measures the API beside the bare runtime and counts what is billed; exits 1 when a target is missed.
import { missedDeliveries, missedOperations, missedRatios, missedReads, missedShop, missedWrites } from "./budgets.ts";
import { load, type Target, withKeys } from "./load.ts";
import { QUIET_CALLERS, readsOf, type Usage, usageUnderLoad, usageWhenQuiet } from "./operations.ts";
import { costPerMillion } from "./prices.ts";
import { ADDRESSES, comparePublished, countReads, MAX_DELIVERY_KEYS, sustainedReads } from "./published.ts";
import { measurePublishes } from "./publishes.ts";
import {
  printDeliveries,
  printFirstReads,
  printLists,
  printMachine,
  printOperations,
  printPublishes,
  printThroughput,
} from "./report.ts";
import { type Runtime, startRuntime, type WorkerName } from "./runtime.ts";
import { measureShop } from "./shop.ts";
import { compare, type Outcome } from "./throughput.ts";
import { type DeliveryCost, measureDeliveries } from "./webhooks.ts";
import type { PublishedSite, Seed, ShopSite } from "./workers/setup.ts";

/** A key of the largest tier may make 100 calls a second for ever, and 200 in any one of them. */
const CALLS_PER_KEY = 100;
const MAX_KEYS = 128;
const MIN_KEYS = 24;
const ROUNDS = { rounds: 25, seconds: 0.5 };
const LIST_SIZES = [100, 10_000];
const PUBLISHED_PAGES = 100;

async function setUp<Result>(runtime: Runtime, job: object): Promise<Result> {
  const response = await fetch(await runtime.url("setup"), { method: "POST", body: JSON.stringify(job) });
  if (!response.ok) throw new Error(`setup failed: ${await response.text()}`);
  return (await response.json()) as Result;
}

const pagePathOf = ({ siteId, pageId }: Seed): string => `/v1/sites/${siteId}/pages/${pageId}`;

const target = async (runtime: Runtime, worker: WorkerName, path: string, keys: string[]): Promise<Target> => ({
  url: await runtime.url(worker),
  path,
  callers: withKeys(keys),
});

/** `GET /v1/me` and `GET` of one page beside their floors. */
async function compareKeyed(runtime: Runtime, seed: Seed): Promise<{ outcomes: Outcome[]; keyCount: number }> {
  const pagePath = pagePathOf(seed);
  const rowPath = `/hash-rpc-row/${seed.pageId}`;
  // The floor's row holds the very bytes the API answers with.
  const page = await fetch(new URL(pagePath, await runtime.url("product")), {
    headers: { "X-Api-Key": seed.keys[0] as string },
  });
  await runtime.sql("floor", "CREATE TABLE rows (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
  await runtime.sql("floor", "INSERT INTO rows VALUES (?, ?)", seed.pageId, await page.text());

  // Warm both sides up, and see how many keys it takes that none of them is asked too often.
  const rehearsal = [];
  for (const [worker, path] of [
    ["product", pagePath],
    ["floor", rowPath],
    ["floor", "/hash-rpc"],
    ["product", "/v1/me"],
  ] as const) {
    rehearsal.push(await load(await target(runtime, worker, path, seed.keys), 2));
  }
  const fastest = rehearsal.at(-1)?.requestsPerSecond ?? 0;
  const keys = seed.keys.slice(0, Math.max(MIN_KEYS, Math.ceil(fastest / CALLS_PER_KEY)));

  const comparisons = [
    {
      name: "GET /v1/me, hash + RPC",
      floor: await target(runtime, "floor", "/hash-rpc", keys),
      ours: await target(runtime, "product", "/v1/me", keys),
    },
    {
      name: "GET one page, hash + RPC + row",
      floor: await target(runtime, "floor", rowPath, keys),
      ours: await target(runtime, "product", pagePath, keys),
    },
  ];
  return { outcomes: await compare(comparisons, ROUNDS), keyCount: keys.length };
}

async function countLists(runtime: Runtime, { siteId, pageId, keys }: Seed) {
  const path = `/v1/sites/${siteId}/pages?limit=25`;
  const lists = [];
  let count = 1;
  for (const total of LIST_SIZES) {
    await setUp(runtime, { copyPages: { pageId, from: count, total } });
    count = total;
    lists.push({ total, ...(await readsOf(await target(runtime, "counted", path, keys))) });
  }
  return lists;
}

async function run(runtime: Runtime): Promise<string[]> {
  const seed = await setUp<Seed>(runtime, { seed: { keyCount: MAX_KEYS } });
  const pagePath = pagePathOf(seed);
  const counted = (path: string, keyCount: number) =>
    target(runtime, "counted", path, seed.keys.slice(0, Math.ceil(keyCount)));
  const keyed = await compareKeyed(runtime, seed);
  const [meRate, pageRate] = keyed.outcomes.map(({ ours }) => ours.requestsPerSecond) as [number, number];
  printMachine();
  printThroughput(`Reads with a key; ${keyed.keyCount} keys`, keyed.outcomes);

  const site = await setUp<PublishedSite>(runtime, {
    publishedSite: { keyCount: MAX_DELIVERY_KEYS, pages: PUBLISHED_PAGES },
  });
  const published = await comparePublished(runtime, site, meRate);
  const [liveRate, visitRate] = published.required.map(({ ours }) => ours.requestsPerSecond) as [number, number];
  printThroughput(
    `Reads of published content, the first two held to the ratio; ${published.keyCount} keys, ${ADDRESSES} addresses`,
    [...published.required, ...published.others],
  );

  const shop = await measureShop(runtime, await setUp<ShopSite>(runtime, { shop: true }));
  printThroughput("The visitors' shop, for information", shop.outcomes);

  // First, while no other key's object is awake to add its own bookkeeping.
  const quiet = await usageWhenQuiet("GET one page, 1/s a key", await counted(pagePath, QUIET_CALLERS));
  const { cold, warm } = await countReads(runtime, site);
  const publishes = await measurePublishes(runtime, site);
  const [live, visit] = await sustainedReads(runtime, site);
  const me = await usageUnderLoad("GET /v1/me", await counted("/v1/me", meRate / CALLS_PER_KEY));
  const onePage = await usageUnderLoad("GET one page", await counted(pagePath, pageRate / CALLS_PER_KEY));
  // One thread served everything, the objects too: an upper bound of the Worker's CPU time.
  const priced = (usage: Usage, requestsPerSecond: number) => ({
    ...usage,
    dollars: costPerMillion(usage.total, 1000 / requestsPerSecond),
  });
  printOperations([
    priced(me, meRate),
    priced(onePage, pageRate),
    priced(quiet, pageRate),
    priced(live, liveRate),
    priced(visit, visitRate),
    ...[shop.page, shop.checkout].map((it, at) => priced(it, (shop.outcomes[at] as Outcome).ours.requestsPerSecond)),
  ]);
  printFirstReads([...cold, { name: shop.page.name, operations: shop.cold }]);
  printPublishes(publishes.map((it) => ({ ...it, dollars: costPerMillion(it.operations, it.ms) / 1_000 })));

  printLists(await countLists(runtime, seed));

  const deliveries: DeliveryCost[] = [];
  for (const endpoints of [1, 1_000]) deliveries.push(await measureDeliveries(runtime, setUp, endpoints));
  // A batch of the consumer is billed as one request; its CPU time is that of a warm request at most, per delivery.
  printDeliveries(
    deliveries.map((it) => ({ ...it, dollars: costPerMillion(it.perDelivery, it.deliveredMs / it.endpoints) })),
  );

  return [
    ...deliveries.flatMap(missedDeliveries),
    ...missedRatios([...keyed.outcomes, ...published.required]),
    ...missedOperations(me, { queries: 0, rowsReturned: 0 }),
    ...missedOperations(onePage, { queries: 1, rowsReturned: 1 }),
    ...warm.flatMap((it) => missedReads(it, { queries: 0, rowsReturned: 0 })),
    ...missedWrites(visit),
    ...missedShop(shop),
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
