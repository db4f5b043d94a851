import { env } from "cloudflare:workers";
import type { Received } from "../e2e/support/receiver.mjs";
import type { Commit, Endpoint, Run } from "./run.ts";

interface DeliveryRow {
  endpoint_id: number;
  event_id: string;
  status: string;
  attempt: number;
  /** As the row keeps them. */
  attempts: string;
}

interface EndpointRow {
  id: number;
  success_count: number;
  failure_count: number;
  consecutive_failures: number;
  settled_count: number;
}

/** What the database and the receiver hold when everything is over. */
export interface Evidence {
  events: ReadonlySet<string>;
  /** By endpoint and event. */
  deliveries: ReadonlyMap<string, DeliveryRow>;
  endpoints: ReadonlyMap<number, EndpointRow>;
  /** URL and event → POSTs. */
  posts: ReadonlyMap<string, number>;
}

const all = async <Row>(sql: string): Promise<Row[]> => (await env.DB.prepare(sql).all<Row>()).results;

/** What arrived at these addresses, by address and event; the receiver forgets it. */
async function takePosts(urls: Iterable<string>): Promise<Map<string, number>> {
  const posts = new Map<string, number>();
  for (const url of urls) {
    const { origin, pathname } = new URL(url);
    const log = `${origin}/_log?path=${encodeURIComponent(pathname)}`;
    const received = await (await fetch(log)).json<Received[]>();
    for (const { headers, body } of received) {
      const id = headers["webhook-id"] as string;
      if (JSON.parse(body).id !== id) throw new Error(`${id} carries the body of another event: ${body}`);
      const key = `${url} ${id}`;
      posts.set(key, (posts.get(key) ?? 0) + 1);
    }
    await (await fetch(log, { method: "DELETE" })).text();
  }
  return posts;
}

export async function collectEvidence(runs: readonly Run[]): Promise<Evidence> {
  const deliveries = await all<DeliveryRow>(
    "SELECT endpoint_id, event_id, status, attempt, attempts FROM webhook_deliveries",
  );
  return {
    events: new Set((await all<{ id: string }>("SELECT id FROM events")).map(({ id }) => id)),
    deliveries: new Map(deliveries.map((row) => [`${row.endpoint_id} ${row.event_id}`, row])),
    endpoints: new Map((await all<EndpointRow>("SELECT * FROM webhook_endpoints")).map((row) => [row.id, row])),
    posts: await takePosts(new Set(runs.flatMap((run) => run.endpoints.map(({ url }) => url)))),
  };
}

const isSubscribed = ({ patterns }: Endpoint, type: string): boolean =>
  patterns.some((it) => it === "*" || it === type || it === `${type.split(".")[0]}.*`);

export interface Verdict {
  problems: string[];
  deliveries: number;
  posts: number;
  lost: number;
  duplicates: number;
}

/** Holds one run against what is promised (docs/architecture.md §6). */
export function judge(run: Run, evidence: Evidence): Verdict {
  const verdict: Verdict = { problems: [], deliveries: 0, posts: 0, lost: 0, duplicates: 0 };
  for (const commit of run.commits) judgeCommit(run, commit, evidence, verdict);
  for (const endpoint of run.endpoints) judgeCounters(endpoint, evidence, verdict);
  return verdict;
}

function judgeCommit(run: Run, commit: Commit, evidence: Evidence, verdict: Verdict): void {
  const { isCarriedOut, isConfirmed, isAnswered, events } = commit;
  const { problems } = verdict;
  // A queue that fails is no failure of the commit.
  if (isAnswered !== isConfirmed) problems.push(`commit: confirmed ${isConfirmed}, answered ${isAnswered}`);
  for (const { id, type } of events) {
    if (evidence.events.has(id) !== isCarriedOut) problems.push(`${id}: its commit and its row disagree`);
    for (const endpoint of run.endpoints) {
      const posts = evidence.posts.get(`${endpoint.url} ${id}`) ?? 0;
      const row = evidence.deliveries.get(`${endpoint.id} ${id}`);
      verdict.posts += posts;
      if (!isCarriedOut || !isSubscribed(endpoint, type)) {
        if (posts > 0 || row) problems.push(`${id}: sent ${posts} times to an endpoint it was not meant for`);
        continue;
      }
      verdict.deliveries += 1;
      const needed = endpoint.failures + 1;
      if (posts < needed || row?.status !== "success") {
        verdict.lost += 1;
        problems.push(`${id}: ${posts} of ${needed} POSTs, ${row?.status ?? "no delivery"}`);
      }
      verdict.duplicates += Math.max(0, posts - needed);
      if (!run.hasFaults && posts > needed) problems.push(`${id}: ${posts} POSTs without a fault`);
      if (row && (row.attempt !== JSON.parse(row.attempts).length || row.attempt > posts)) {
        problems.push(`${id}: ${posts} POSTs, ${row.attempt} attempts: ${row.attempts}`);
      }
    }
  }
}

/** The counters say what the deliveries say. */
function judgeCounters({ id }: Endpoint, { endpoints, deliveries }: Evidence, { problems }: Verdict): void {
  const row = endpoints.get(id);
  const own = [...deliveries.values()].filter((it) => it.endpoint_id === id);
  const attempts = own.reduce((sum, it) => sum + it.attempt, 0);
  const expected = [own.length, attempts - own.length, own.length, 0];
  const found = [row?.success_count, row?.failure_count, row?.settled_count, row?.consecutive_failures];
  if (own.length > 0 && String(found) !== String(expected))
    problems.push(`endpoint ${id} counts ${found}: ${expected}`);
}
