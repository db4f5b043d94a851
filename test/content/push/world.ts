import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { runJob } from "../../../src/content/jobs/engine/run.ts";
import { jobs } from "../../../src/content/jobs/table.ts";
import { campaigns } from "../../../src/content/push/campaigns/table.ts";
import { pushSubscriptions } from "../../../src/content/push/subscriptions/table.ts";
import { newId } from "../../../src/core/ids.ts";
import { RUNTIME } from "../../../src/core/runtime.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";
import type { Env } from "../../../src/env.ts";
import "../../../src/jobs.ts";
import { type BrowserSubscription, sealSubscription } from "../../../src/push/subscription.ts";
import { makeSite, type Site } from "../../faults/world.ts";
import { type Answer, call, type TestClock } from "../../support/fixtures.ts";

/** Asks the push service of the tests (test/e2e/support/push-service.mjs). */
async function service<Said>(path: string, asked: object): Promise<Said> {
  const body = JSON.stringify(asked);
  return (await fetch(`${env.PUSH_LOOPBACK}${path}`, { method: "POST", body })).json();
}

/** Subscriptions as browsers get them from a push service that behaves so: `ok`, `status/410`, `busy/7`, … */
export const browsers = (count = 1, behaviour = "ok"): Promise<BrowserSubscription[]> =>
  service("/_subscribe", { count, behaviour });

export interface Arrival {
  message: { title: string; body: string; url: string | null; icon: string | null };
  ttl: string;
  urgency: string;
  topic?: string;
  /** The public key that signed it, and whom to turn to. */
  key: string;
  sub: string;
  bytes: number;
}

/** What has arrived at a browser, decrypted. */
export const arrivals = ({ endpoint }: BrowserSubscription): Promise<Arrival[]> => service("/_arrivals", { endpoint });

/** How many browsers got nothing, one message, and more than one; and the most connections there were at a time. */
export const tally = (
  all: readonly BrowserSubscription[],
): Promise<{ none: number; once: number; more: number; most: number }> =>
  service("/_tally", { endpoints: all.map(({ endpoint }) => endpoint) });

export interface PushWorld {
  site: Site;
  path: string;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Adds browsers to those who have subscribed; answers their ids. */
  subscribe(all: readonly BrowserSubscription[], wish?: { locale?: string; topics?: string[] }): Promise<string[]>;
  /** Makes a campaign; answers its id. */
  campaign(body?: object): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into campaigns by field
  get(campaignId: string): Promise<any>;
  /** Has a worker take up what a campaign has to do, once. */
  run(campaignId: string, bindings?: Env): Promise<void>;
  /** The same until nothing is due any more; time goes on to whatever is waited for. */
  finish(campaignId: string, bindings?: Env): Promise<void>;
  /** When its job is due next; `null` once it is over. */
  dueAt(campaignId: string): Promise<number | null>;
}

const ROWS_AT_ONCE = 100;

export async function pushWorld(clock: TestClock, environment: "live" | "sandbox" = "live"): Promise<PushWorld> {
  const site = await makeSite(clock, environment);
  const path = `${site.path}/push`;
  const db = databaseOf(env, 0);
  const owned = { workspaceId: site.workspace.id, environment, siteId: site.id };

  const ask: PushWorld["ask"] = (method, at, body, headers = site.key.headers) => {
    clock.advance(50);
    return call(method, path + at, { headers, ...(body !== undefined && { body }) });
  };
  const jobOf = async (campaignId: string) => {
    const [row] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
    const [job] = await db
      .select()
      .from(jobs)
      .where(eq(jobs.id, row?.jobId ?? ""));
    return job;
  };
  const run: PushWorld["run"] = async (campaignId, bindings = env) => {
    const job = await jobOf(campaignId);
    if (job) await runJob(bindings, { jobId: job.id, workspaceId: site.workspace.id }, RUNTIME);
  };
  const dueAt = async (campaignId: string) => (await jobOf(campaignId))?.dueAt ?? null;

  return {
    ...{ site, path, ask, run, dueAt },
    async subscribe(all, { locale = null, topics = [] }: { locale?: string | null; topics?: string[] } = {}) {
      const rows = await Promise.all(
        all.map(async (it) => ({
          ...{ id: newId("psub", clock.time), ...owned, ...(await sealSubscription(env, site.id, it)) },
          ...{ folded: null, change: null, version: 1, createdAt: clock.time, updatedAt: clock.time },
          ...{ host: new URL(it.endpoint).host, locale, topics },
        })),
      );
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        const [first, ...others] = rows
          .slice(from, from + ROWS_AT_ONCE)
          .map((row) => db.insert(pushSubscriptions).values(row));
        if (first) await db.batch([first, ...others]);
      }
      return rows.map(({ id }) => id);
    },
    async campaign(body = {}) {
      const made = await ask("POST", "/campaigns", { title: "Fresh rye", body: "Out of the oven.", ...body });
      if (made.status !== 201) throw new Error(made.text);
      return made.body.data.id;
    },
    get: async (campaignId) => (await ask("GET", `/campaigns/${campaignId}`)).body.data,
    async finish(campaignId, bindings = env) {
      for (let runs = 0; runs < 1_000; runs += 1) {
        const next = await dueAt(campaignId);
        if (next === null) return;
        clock.time = Math.max(clock.time, next);
        await run(campaignId, bindings);
      }
      throw new Error("The campaign does not end");
    },
  };
}
