import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { now } from "../../src/core/clock.ts";
import "../../src/events.ts";
import { eventOf } from "../../src/core/events/catalogue.ts";
import type { Wake } from "../../src/core/events/wake.ts";
import { newId } from "../../src/core/ids.ts";
import { jobContext } from "../../src/core/work/job-context.ts";
import type { Tenant } from "../../src/core/work/scheduler.ts";
import type { Env } from "../../src/env.ts";
import { runQueue } from "../../src/queue.ts";
import { createEndpoint } from "../../src/webhooks/service/write.ts";
import { sweep } from "../../src/webhooks/sweep.ts";
import type { Figures } from "./figures.ts";
import { Invocation } from "./invocation.ts";
import { Random } from "./random.ts";
import { sealedByNewKey } from "./vault.ts";

/** Rounds in which things go wrong; time moves on after each. */
export const ROUNDS = 3;

const TYPES: readonly string[] = ["page.created", "page.updated", "post.created", "site.updated"];
const SUBSCRIPTIONS: readonly string[][] = [["*"], ["*"], ["page.*"], ["post.created", "page.created"]];

/** How likely a call of a binding is to go wrong, by run; a fifth of the runs has none. */
const RATES = [0, 0.1, 0.2, 0.3, 0.5];
const VAULT_SHARE = 0.1;

export interface Endpoint {
  id: number;
  url: string;
  patterns: string[];
  /** Attempts it answers with 500 before it takes an event. */
  failures: number;
}

export interface Commit {
  round: number;
  events: { id: string; type: string }[];
  isCarriedOut: boolean;
  /** Whether the database said so, and whether the caller heard it. */
  isConfirmed: boolean;
  isAnswered: boolean;
}

/** A batch's part in its runs. */
export interface Surroundings {
  receiverUrl: string;
  batch: string;
  figures: Figures;
  later(): Promise<void>;
}

/** One workspace, its endpoints, some commits, and wake-ups that get lost or repeated; all of it follows from the seed. */
export class Run {
  readonly endpoints: Endpoint[] = [];
  readonly commits: Commit[];
  readonly hasFaults: boolean;
  private readonly tenant: Tenant;
  private readonly random: Random;
  private readonly rate: number;
  private queue: Wake[] = [];
  /** Everything ever begun: what hangs ends when time has moved on. */
  private readonly open: Promise<void>[] = [];

  constructor(
    readonly seed: number,
    workspaceId: number,
    private readonly around: Surroundings,
  ) {
    this.random = new Random(seed);
    this.rate = this.random.pick(RATES);
    this.hasFaults = this.rate > 0;
    this.tenant = { workspaceId, environment: "live" };
    this.commits = Array.from({ length: this.random.between(1, 3) }, () => ({
      round: this.random.between(0, ROUNDS - 1),
      events: Array.from({ length: this.random.pick([1, 1, 2]) }, () => ({
        id: newId("evt", now()),
        type: this.random.pick(TYPES),
      })),
      isCarriedOut: false,
      isConfirmed: false,
      isAnswered: false,
    }));
  }

  async setUp(): Promise<void> {
    const ctx = jobContext(env, this.tenant, "test", now());
    const { receiverUrl, batch } = this.around;
    for (let number = this.random.pick([1, 2, 2, 3]); number > 0; number -= 1) {
      const failures = this.random.pick([0, 0, 0, 1, 2]);
      const url = `${receiverUrl}/failfirst/${failures}/${batch}-${number}`;
      const patterns = this.random.pick(SUBSCRIPTIONS);
      const input = { url, events: patterns, description: null, siteId: null };
      const { row } = await createEndpoint({ ctx, input });
      this.endpoints.push({ id: row.id, url, patterns, failures });
    }
    await ctx.unit.commit();
    if (this.hasFaults && this.random.chance(VAULT_SHARE)) await this.hideSecrets();
  }

  /** Has this isolate ask the vault for the key that opens the endpoints' secrets. */
  private async hideSecrets(): Promise<void> {
    const secret = `whsec_${btoa("a secret of thirty-two bytes 1234")}`;
    for (const { id } of this.endpoints) {
      const sealed = await sealedByNewKey(`webhook:${id}`, secret);
      await env.DB.prepare("UPDATE webhook_endpoints SET secret = ? WHERE id = ?").bind(sealed, id).run();
    }
  }

  /** What happens before time moves on. Answers when all of it is over or hangs. */
  async act(round: number): Promise<void> {
    for (const commit of this.commits.filter((it) => it.round === round)) await this.commit(commit);
    if (round > 0 && this.random.chance(0.4)) await this.invoke((bindings) => sweep(bindings, now(), this.tenant));
    if (this.random.chance(0.85)) await this.deliver(this.queue.splice(0));
  }

  /** Resolves when nothing of this run is under way any more. What the queue still holds is lost. */
  async end(): Promise<void> {
    await Promise.all(this.open);
    this.around.figures.wakes.dropped += this.queue.length;
  }

  private async commit(commit: Commit): Promise<void> {
    const invocation = this.invocation();
    const work = async (bindings: Env) => {
      const ctx = jobContext(bindings, this.tenant, "test", now());
      for (const { id, type } of commit.events) ctx.unit.emit(eventOf(type), { id, title: "A title" }, null, id);
      await ctx.unit.commit().finally(() => {
        commit.isCarriedOut = invocation.database.carriedOut > 0;
        commit.isConfirmed = invocation.database.answered > 0;
      });
      commit.isAnswered = true;
    };
    await invocation.run(work, this.open);
  }

  /** Hands wake-ups to consumers: never, once or several times, one after another or at once. */
  private async deliver(wakes: Wake[]): Promise<void> {
    const { random, around } = this;
    const copies = wakes.flatMap((wake) => Array<Wake>(random.pick([0, 1, 1, 1, 1, 2, 2, 3])).fill(wake));
    around.figures.wakes.dropped += wakes.filter((wake) => !copies.includes(wake)).length;
    around.figures.wakes.repeated += copies.length - new Set(copies).size;
    const consume = (some: Wake[]) => this.invoke((bindings) => runQueue(batchOf(some), bindings));
    if (random.chance(0.2)) await consume(copies);
    else if (random.chance(0.5)) await Promise.all(copies.map((wake) => consume([wake])));
    else for (const wake of copies) await consume([wake]);
  }

  private invoke(work: (env: Env) => Promise<unknown>): Promise<void> {
    return this.invocation().run(work, this.open);
  }

  private invocation(): Invocation {
    const { figures, later } = this.around;
    return new Invocation({
      random: this.random,
      rate: this.rate,
      later,
      noteFault(binding, fault) {
        const name = `${binding} ${fault}`;
        figures.faults[name] = (figures.faults[name] ?? 0) + 1;
      },
      sent: (wake) => {
        figures.wakes.sent += 1;
        this.queue.push(wake);
      },
    });
  }
}

/** A batch of the queue as the platform hands it to the consumer. */
export const batchOf = (wakes: Wake[]): MessageBatch =>
  createMessageBatch(
    "edge-cms-webhooks",
    wakes.map((body) => ({ id: crypto.randomUUID(), timestamp: new Date(now()), attempts: 1, body })),
  );
