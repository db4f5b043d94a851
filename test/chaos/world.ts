import { env } from "cloudflare:workers";
import type { Wake } from "../../src/core/events/wake.ts";
import { runQueue } from "../../src/queue.ts";
import { sweep } from "../../src/webhooks/sweep.ts";
import type { TestClock } from "../support/fixtures.ts";
import { guarded } from "../faults/bindings.ts";
import { collectEvidence, judge } from "./evidence.ts";
import { type Figures, noFigures } from "./figures.ts";
import { batchOf, ROUNDS, Run } from "./run.ts";

/** Runs that share the clock, the database and the receiver's paths, each in a workspace of its own. */
const BATCH = 50;
/** Time that passes after each round: a first retry is due, a lease is over, a second retry is due. */
const STEPS_MS = [7_000, 31_000, 73_000];
const MINUTE_MS = 60_000;
/** Minutes after which nothing may be due any more: the leases, and retries after 5 seconds, 1 and 5 minutes. */
const MAX_MINUTES = 15;

/** Tells how to repeat what went wrong. */
const broken = (seed: number, runs: number, what: unknown): Error =>
  new Error(`Repeat with SEED=${seed} RUNS=${runs} npm run test:chaos\n${what}`, { cause: what });

/** Carries out `runs` runs with the seeds from `seed` on. Throws for the first that breaks a promise. */
export async function runAll(
  clock: TestClock,
  { runs, seed, receiverUrl }: { runs: number; seed: number; receiverUrl: string },
  report: (figures: Figures) => void = () => {},
): Promise<Figures> {
  const figures = noFigures();
  for (let first = 0; first < runs; first += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, runs - first) }, (_, index) => seed + first + index);
    const judged = await runBatch(clock, seeds, receiverUrl, figures).catch((error) => {
      throw broken(seeds[0] as number, seeds.length, error);
    });
    for (const { run, problems } of judged) if (problems.length > 0) throw broken(run.seed, 1, problems.join("\n"));
    report(figures);
  }
  return figures;
}

async function runBatch(
  clock: TestClock,
  seeds: number[],
  receiverUrl: string,
  figures: Figures,
): Promise<{ run: Run; problems: string[] }[]> {
  let thaw = Promise.withResolvers<void>();
  const around = { receiverUrl, batch: crypto.randomUUID(), figures, later: () => thaw.promise };
  // Workspaces are used again, so that there are few schedulers.
  const runs = seeds.map((seed, slot) => new Run(seed, 1_000 + slot, around));
  await Promise.all(runs.map((run) => run.setUp()));
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(runs.map((run) => run.act(round)));
    clock.advance(STEPS_MS[round] as number);
    const frozen = thaw;
    thaw = Promise.withResolvers();
    frozen.resolve();
  }
  await finish(runs, () => thaw.resolve());
  await recover(clock);
  const judged = await judgeAll(runs, figures);
  await clear();
  return judged;
}

/** Lets everything that hangs go on, as often as it hangs again, until all of it is over. */
async function finish(runs: readonly Run[], thaw: () => void): Promise<void> {
  thaw();
  await Promise.all(runs.map((run) => run.end()));
}

/** The minute's sweep and consumers without faults, until nothing is due. */
export async function recover(clock: TestClock): Promise<void> {
  for (let minute = 0; minute <= MAX_MINUTES; minute += 1) {
    const wakes: Wake[] = [];
    const bindings = guarded(
      (_, run) => run(),
      (wake) => wakes.push(wake),
    );
    const next = await sweep(bindings, clock.time);
    if (wakes.length === 0 && next === null) return;
    await Promise.all(wakes.map((wake) => runQueue(batchOf([wake]), bindings)));
    clock.advance(MINUTE_MS);
  }
}

async function judgeAll(runs: readonly Run[], figures: Figures): Promise<{ run: Run; problems: string[] }[]> {
  const evidence = await collectEvidence(runs);
  return runs.map((run) => {
    const { problems, ...counts } = judge(run, evidence);
    figures.runs += 1;
    if (!run.hasFaults) figures.runsWithoutFaults += 1;
    for (const [name, count] of Object.entries(counts)) figures[name as keyof typeof counts] += count;
    for (const { isAnswered, isCarriedOut } of run.commits) {
      if (isAnswered) figures.commits.answered += 1;
      else if (isCarriedOut) figures.commits.carriedOutUnanswered += 1;
      else figures.commits.failed += 1;
    }
    return { run, problems };
  });
}

const TABLES = ["webhook_deliveries", "webhook_endpoints", "events", "audit_log"];

const clear = () => env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
