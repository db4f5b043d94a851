import { knowing, load, type Target, visitors, withKeys } from "./load.ts";
import { firstReadOf, QUIET_CALLERS, type Usage, usageUnderLoad, usageWhenQuiet, usageWhenWarm } from "./operations.ts";
import type { Runtime } from "./runtime.ts";
import { compare, type Outcome } from "./throughput.ts";
import type { Operations } from "./workers/counting.ts";
import type { PublishedSite } from "./workers/setup.ts";

const ROUNDS = { rounds: 16, seconds: 0.2 };
const UNCHANGED_ROUNDS = { rounds: 6, seconds: 0.2 };
const REHEARSAL = { rounds: 3, seconds: 0.2 };

/** A key of the Delivery API has 60 calls and one more each second. */
const CALLS_PER_KEY = 60;
export const MAX_DELIVERY_KEYS = 2_048;
/** Visitors have 100 calls from each address. */
export const ADDRESSES = 1_024;

const FLOOR_ETAG = '"floor"';

export interface PublishedReads {
  /** Held to the required ratio. */
  required: Outcome[];
  /** For information. */
  others: Outcome[];
  keyCount: number;
}

/** One answer of ours, given to the floor to send the very same bytes; returns its ETag. */
async function lend(ours: Target, floor: Target): Promise<string> {
  const response = await fetch(new URL(ours.path, ours.url), { headers: ours.callers[0] });
  const body = await response.text();
  if (!response.ok) throw new Error(`${ours.path} answered ${response.status}: ${body}`);
  const headers = { "Content-Type": response.headers.get("Content-Type") as string };
  await fetch(new URL(floor.path, floor.url), { method: "PUT", headers, body });
  return response.headers.get("ETag") as string;
}

/** Warms a target up: each of its callers is met. */
async function rehearse(target: Target): Promise<void> {
  let calls = 0;
  for (let round = 0; round < REHEARSAL.rounds || calls < target.callers.length; round += 1) {
    calls += (await load(target, REHEARSAL.seconds)).latencies.length;
  }
}

/**
 * Reads of published content beside what a bare worker does for the same bytes. `rate`: the calls per second that another
 * read with a key has shown to be possible; there are keys for somewhat more.
 */
export async function comparePublished(runtime: Runtime, site: PublishedSite, rate: number): Promise<PublishedReads> {
  const url = await runtime.url("product");
  const floorUrl = await runtime.url("floor");
  const seconds = [REHEARSAL, ROUNDS, UNCHANGED_ROUNDS].reduce((sum, it) => sum + it.rounds * it.seconds, 0);
  const keys = site.keys.slice(0, Math.ceil((rate * seconds * 1.25) / CALLS_PER_KEY));
  const page: Target = { url, path: `/api/pages?slug=${site.slug}`, callers: withKeys(keys) };
  const visit: Target = { url, path: site.path, callers: visitors(ADDRESSES) };
  const floorOf = (ours: Target, path: string): Target => ({ ...ours, url: floorUrl, path });
  const hashed = floorOf(page, "/hash-rpc-kept/page");
  const cached = floorOf(visit, "/cached/visit");
  const addressed = floorOf(visit, "/rpc-kept/visit");
  const pageEtag = await lend(page, hashed);
  const visitEtag = await lend(visit, addressed);
  for (const target of [page, hashed, visit, cached, addressed]) await rehearse(target);
  const [pages, visits, ...others] = (await compare(
    [
      { name: "GET /api/pages?slug=, hash + RPC", floor: hashed, ours: page },
      { name: "GET /s/{slug}/{page}, one cached read", floor: cached, ours: visit },
      { name: "GET /s/{slug}/{page}, RPC", floor: addressed, ours: visit },
    ],
    ROUNDS,
  )) as [Outcome, Outcome, Outcome];
  const unchanged = await compare(
    [
      {
        name: "GET /api/pages?slug=: 304, hash + RPC",
        floor: knowing(hashed, FLOOR_ETAG),
        ours: knowing(page, pageEtag),
      },
      {
        name: "GET /s/{slug}/{page}: 304, one cached read",
        floor: knowing(cached, FLOOR_ETAG),
        ours: knowing(visit, visitEtag),
      },
    ],
    UNCHANGED_ROUNDS,
  );
  return { required: [pages, visits], others: [...others, ...unchanged], keyCount: keys.length };
}

const publishedTargets = async (
  runtime: Runtime,
  site: PublishedSite,
  callers: { keys: number; addresses: number },
) => {
  const url = await runtime.url("counted");
  const path = `/api/pages?slug=${site.slug}`;
  const page: Target = { url, path, callers: withKeys(site.keys.slice(0, callers.keys)) };
  const visit: Target = { url, path: site.path, callers: visitors(callers.addresses) };
  return { page, visit };
};

/** What the first reads of an isolate ask for, and what every one asks for as long as all it needs is kept. */
export async function countReads(
  runtime: Runtime,
  site: PublishedSite,
): Promise<{ cold: { name: string; operations: Operations }[]; warm: Usage[] }> {
  const { page, visit } = await publishedTargets(runtime, site, { keys: 1, addresses: 1 });
  const cold = [
    { name: "GET /s/{slug}/{page}", operations: await firstReadOf(visit) },
    { name: "GET /api/pages?slug=", operations: await firstReadOf(page) },
  ];
  return {
    cold,
    warm: [await usageWhenWarm("GET /api/pages?slug=", page), await usageWhenWarm("GET /s/{slug}/{page}", visit)],
  };
}

/** Operations per request in the long run: an isolate asks again each second what is live, and objects keep books. */
export async function sustainedReads(runtime: Runtime, site: PublishedSite): Promise<[pages: Usage, visits: Usage]> {
  const { page, visit } = await publishedTargets(runtime, site, { keys: QUIET_CALLERS, addresses: ADDRESSES });
  // Visitors first: meanwhile the objects of keys that have called before come to rest. An address's object keeps no books.
  const visits = await usageUnderLoad("GET /s/{slug}/{page}", visit, 3);
  return [await usageWhenQuiet("GET /api/pages?slug=, 1/s a key", page), visits];
}
