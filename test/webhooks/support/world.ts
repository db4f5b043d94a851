import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Wake } from "../../../src/core/events/wake.ts";
import type { Env } from "../../../src/env.ts";
import { RUNTIME, type Runtime } from "../../../src/core/runtime.ts";
import { consumeWakes } from "../../../src/webhooks/consumer.ts";
import { encryptSecret } from "../../../src/webhooks/signing-secrets.ts";
import { sweep } from "../../../src/webhooks/sweep.ts";
import { Client } from "../../support/client.ts";
import { makeWorkspace, type TestClock, type Workspace } from "../../support/fixtures.ts";
import { arrivals, target } from "./receiver.ts";

/** An endpoint as its owner knows it. */
export interface Hook {
  id: number;
  url: string;
  secret: string;
}

/** The world as it is, in which no time limit is ever reached, however slow the machine. */
const PATIENT: Runtime = { ...RUNTIME, deadline: () => ({ signal: new AbortController().signal, clear: () => {} }) };

/** Hands the queue's consumer one batch, in which each list of endpoints is a message. */
export function consume(messages: number[][], bindings: Env = env, runtime = PATIENT): Promise<void> {
  const wakes = messages.map((endpointIds) => {
    return { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body: { endpointIds } };
  });
  return consumeWakes(createMessageBatch<Wake>("edge-cms-webhooks", wakes), bindings, runtime);
}

export const wake = (...endpointIds: number[]): Promise<void> => consume([endpointIds]);

/** A queue that keeps what it is sent. */
export function keptQueue(): { WEBHOOKS: Env["WEBHOOKS"]; sent: number[][] } {
  const sent: number[][] = [];
  const sendBatch = async (messages: { body: Wake }[]) => {
    sent.push(...messages.map(({ body }) => body.endpointIds));
  };
  return { WEBHOOKS: { sendBatch } as unknown as Env["WEBHOOKS"], sent };
}

/** Schedulers that only note when they are asked to wake up: what is due then is the test's to do. */
export function keptScheduler(): { SCHEDULER_OBJECT: Env["SCHEDULER_OBJECT"]; wakes: number[] } {
  const wakes: number[] = [];
  const getByName = () => ({ wakeAt: async (at: number) => wakes.push(at) });
  return { SCHEDULER_OBJECT: { getByName } as unknown as Env["SCHEDULER_OBJECT"], wakes };
}

/** Bindings whose database, about to run a batch, lets something else happen before: the first before the first, and so on. */
export function interrupted(...others: (() => unknown)[]): Env {
  const batch = async (statements: D1PreparedStatement[]) => {
    await others.shift()?.();
    return env.DB.batch(statements);
  };
  return { ...env, DB: { prepare: (sql: string) => env.DB.prepare(sql), batch } as unknown as D1Database };
}

/** A workspace seen with one key. */
export class World {
  readonly platform: Client;
  readonly content: Client;

  constructor(
    readonly clock: TestClock,
    readonly workspace: Workspace,
    readonly headers: Record<string, string>,
    readonly environment: "live" | "sandbox" = "live",
  ) {
    this.platform = new Client(clock, headers, "/api/v1");
    this.content = new Client(clock, headers);
  }

  /** The same workspace seen with another key. */
  async as(settings: Parameters<Workspace["key"]>[0]): Promise<World> {
    const { headers } = await this.workspace.key(settings);
    return new World(this.clock, this.workspace, headers, settings?.environment);
  }

  /** Makes an endpoint; unless told otherwise it hears everything and answers 200. */
  async hook(settings: { to?: string; events?: string[]; [more: string]: unknown } = {}): Promise<Hook> {
    const { to = "ok", ...own } = settings;
    const url = to.startsWith("http") ? to : target(to);
    return this.platform.create("/webhooks", { url, events: ["*"], ...own });
  }

  site = async (): Promise<string> => {
    const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    // Appointments can be at any time.
    const settings = { booking: { hours: [{ days, opens: "00:00", closes: "00:00" }] } };
    return (await this.content.create("/sites", { name: "Blue Door Bakery", settings })).id;
  };

  private posts = 0;
  /** Makes something happen: `post.created`. */
  post(more: object = {}) {
    this.posts += 1;
    return this.platform.create("/posts", { title: `Post ${this.posts}`, ...more });
  }

  /** Delivers what sweeps find until nothing is left, and what consumers hand on; answers when there is something to do next. */
  async deliverDue(bindings: Env = env): Promise<number | null> {
    const { WEBHOOKS, sent } = keptQueue();
    const tenant = { workspaceId: this.workspace.id, environment: this.environment };
    for (;;) {
      const next = await sweep({ ...bindings, WEBHOOKS }, this.clock.time, tenant);
      const isLast = sent.length === 0 || next !== this.clock.time + 1;
      while (sent.length > 0) await consume(sent.splice(0), { ...bindings, WEBHOOKS });
      if (isLast) return next;
    }
  }

  at = async (id: number) => (await this.platform.get(`/webhooks/${id}`)).body.data;
  deliveries = async (id: number, query = "") =>
    (await this.platform.get(`/webhooks/${id}/deliveries?per_page=100&sort=created_at${query}`)).body.data;
  delivery = async (id: number, deliveryId: number) =>
    (await this.platform.get(`/webhooks/${id}/deliveries/${deliveryId}`)).body.data;
}

export async function makeWorld(clock: TestClock): Promise<World> {
  const workspace = await makeWorkspace(clock);
  return new World(clock, workspace, (await workspace.key({ accountAccess: true })).headers);
}

export const rowsOf = async <Row = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<Row[]> =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all<Row>()
  ).results;

export const countOf = async (sql: string, ...values: unknown[]): Promise<number> =>
  (await rowsOf<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, ...values))[0]?.n ?? 0;

/** The total of the deliveries list is kept without counting; counting must give the same. */
export async function expectExactTotal(world: World, { id }: Hook): Promise<number> {
  const { meta } = (await world.platform.get(`/webhooks/${id}/deliveries?per_page=1`)).body;
  expect(meta.total).toBe(await countOf("webhook_deliveries WHERE endpoint_id = ?", id));
  return meta.total;
}

/** Leaves what an endpoint is due one attempt of its schedule. */
export const nearlyExhaust = ({ id }: Hook, at: number) =>
  env.DB.prepare(
    "UPDATE webhook_deliveries SET status = 'retrying', attempt = 8, round = 8, next_attempt_at = ?2 WHERE endpoint_id = ?1",
  )
    .bind(id, at)
    .run();

/** Endpoints like this one, with the same secret, each at an address of its own. */
export async function copies({ id, secret }: Hook, urls: string[]): Promise<Hook[]> {
  const hooks = urls.map((url, n) => ({ id: id + 1 + n, url, secret }));
  const rows = hooks.map(async (hook) => [hook.id, hook.url, await encryptSecret(env, hook.id, secret)]);
  await env.DB.prepare(
    `INSERT INTO webhook_endpoints (id, workspace_id, environment, url, events, is_active, secret, actor, access_type,
      version, created_at, updated_at)
    SELECT copy.value ->> 0, workspace_id, environment, copy.value ->> 1, events, 1, copy.value ->> 2, actor, access_type,
      1, created_at, updated_at FROM json_each(?1) copy, webhook_endpoints w WHERE w.id = ?2`,
  )
    .bind(JSON.stringify(await Promise.all(rows)), id)
    .run();
  return hooks;
}

/** How many POSTs each target has got. */
export const arrivedAt = (...hooks: { url: string }[]): Promise<number[]> =>
  Promise.all(hooks.map(async ({ url }) => (await arrivals(url)).length));
