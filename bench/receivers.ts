// How long a receiver that answers waits for what happens, beside others that are dead or hang:
//   npm run dev, and in another shell  npm exec -- node bench/receivers.ts [demo file] [seconds]
// It makes the endpoints in one workspace, an event every half second there and every two in another, and exits 1 where the
// p99 is above five seconds.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

const DEAD = Number(process.env.DEAD ?? 1_000);
const HANGING = Number(process.env.HANGING ?? 8);
const MAX_P99_MS = 5_000;
const EVERY_MS = Number(process.env.EVERY_MS ?? 500);

const demo = JSON.parse(readFileSync(process.argv[2] ?? ".dev/demo.json", "utf8"));
const seconds = Number(process.argv[3] ?? 60);

/** A call of the API; one that comes too fast, or finds the machine busy, is made again when its time has come. */
async function call<Data = void>(key: string, method: string, path: string, body?: object): Promise<Data> {
  const headers = { "X-Api-Key": key, "Content-Type": "application/json" };
  for (;;) {
    const response = await fetch(`${demo.baseUrl}${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (response.status === 429 || response.status === 503)
      await sleep(1_000 * Number(response.headers.get("Retry-After") ?? 1));
    else if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    else return response.status === 204 ? (undefined as Data) : ((await response.json()) as { data: Data }).data;
  }
}

/** When what arrived, by path and title of the post. */
const arrivals = new Map<string, number>();
const receiver = createServer(async (request, response) => {
  const { data } = JSON.parse(await text(request));
  const arrival = `${request.url} ${data.title}`;
  if (!arrivals.has(arrival)) arrivals.set(arrival, performance.now());
  response.end("{}");
});
let held = 0;
const stuck = createServer((request) => {
  held += 1;
  request.resume();
});
/** Somebody was there, and is no more. */
const closed = createServer();

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const [healthyUrl, stuckUrl, deadUrl] = await Promise.all([receiver, stuck, closed].map(listen));
closed.close();

async function subscribe(key: string, url: string): Promise<number> {
  return (await call<{ id: number }>(key, "POST", "/api/v1/webhooks", { url, events: ["post.created"] })).id;
}

const percentile = (sorted: number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN);

/** Does each of these, some at a time. */
async function each<Item>(items: Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const work = async () => {
    for (let item = items.shift(); item !== undefined; item = items.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

const { live, starter } = demo.keys;
const ids: [string, number][] = [];
const made = new Map<string, number>();
try {
  const endpoints: [string, string][] = [
    [live, `${healthyUrl}/same`],
    [starter, `${healthyUrl}/other`],
    ...Array.from({ length: HANGING }, (_, n): [string, string] => [live, `${stuckUrl}/${n}`]),
    ...Array.from({ length: DEAD }, (_, n): [string, string] => [live, `${deadUrl}/${n}`]),
  ];
  await each(endpoints, async ([key, url]) => void ids.push([key, await subscribe(key, url)]));
  console.log(
    `${DEAD} dead and ${HANGING} hanging endpoints are there; an event every ${EVERY_MS} ms for ${seconds} s`,
  );

  const end = performance.now() + seconds * 1_000;
  const pending: Promise<void>[] = [];
  for (let n = 0; performance.now() < end; n += 1) {
    for (const [name, key] of Object.entries({ same: live, other: starter })) {
      if (name === "other" && n % 4 > 0) continue;
      const title = `Post ${n} ${Date.now()}`;
      const post = call(key, "POST", "/api/v1/posts", { title }).then(() => {
        made.set(`/${name} ${title}`, performance.now());
      });
      pending.push(post);
    }
    await sleep(EVERY_MS);
  }
  await Promise.all(pending);
  for (let waited = 0; waited < 60 && [...made.keys()].some((it) => !arrivals.has(it)); waited += 1) await sleep(1_000);
  for (const name of ["same", "other"]) {
    const all = [...made].filter(([arrival]) => arrival.startsWith(`/${name} `));
    const waits = all.map(([arrival, at]) => Math.max(0, (arrivals.get(arrival) ?? Number.POSITIVE_INFINITY) - at));
    waits.sort((a, b) => a - b);
    const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(waits, share));
    console.log(`${name} workspace: ${waits.length} events, p50 ${p50} ms, p99 ${p99} ms, longest ${most} ms`);
    if (!((p99 ?? Number.NaN) <= MAX_P99_MS)) process.exitCode = 1;
  }
  console.log(`Receivers that hang were called ${held} times.`);
} finally {
  await each(ids, ([key, id]) => call(key, "DELETE", `/api/v1/webhooks/${id}`));
  for (const server of [receiver, stuck]) {
    server.close();
    server.closeAllConnections();
  }
}
