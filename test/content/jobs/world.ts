import { z } from "@hono/zod-openapi";
import { env } from "cloudflare:workers";
import { eq, sql } from "drizzle-orm";
import { runJob } from "../../../src/content/jobs/engine/run.ts";
import { type Advance, defineJob, type JobKind, registerJobs } from "../../../src/content/jobs/kind.ts";
import { startJob } from "../../../src/content/jobs/service/start.ts";
import { jobs, type JobRow } from "../../../src/content/jobs/table.ts";
import { RUNTIME } from "../../../src/core/runtime.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { sites } from "../../../src/core/tenancy/sites/table.ts";
import type { Ctx } from "../../../src/core/work/context.ts";
import type { Env } from "../../../src/env.ts";
import { makeSite, type Site } from "../../faults/world.ts";
import type { TestClock } from "../../support/fixtures.ts";

/** Counts up to `to`, a step for each number, and writes each into the site's settings: its effects can be counted. */
export interface Counting {
  input: { to: number };
  state: { n: number };
  result: { counted: number };
}

/** What the tests have the kind do besides; by default nothing. */
export interface Behaviour {
  before?(ctx: Ctx, n: number): Promise<void> | void;
  afterwards?(ctx: Ctx, job: JobRow): Promise<void>;
}

/** Registers the counting kind, under the name of one of the product's, as the only one there is. */
export function counting({ before, afterwards }: Behaviour = {}): JobKind {
  const kind = defineJob<Counting["input"], Counting["state"], Counting["result"]>({
    name: "export",
    scope: "workspaces:read",
    input: z.strictObject({ to: z.int() }),
    leaseMs: 60_000,
    async step(ctx, { job, input, state }): Promise<Advance<Counting["state"], Counting["result"]>> {
      const n = (state?.n ?? 0) + 1;
      await before?.(ctx, n);
      ctx.unit.stage(
        ctx.db
          .update(sites)
          .set({ name: sql`${sites.name} || ${`,${n}`}` })
          .where(eq(sites.id, job.siteId as string)),
      );
      if (n >= input.to) return { result: { counted: n } };
      return { state: { n }, progress: (100 * n) / input.to, step: `Counting to ${n + 1}` };
    },
    ...(afterwards && { afterwards }),
  });
  registerJobs(kind);
  return kind as unknown as JobKind;
}

export interface JobWorld {
  site: Site;
  /** What the steps have written, in order. */
  effects(): Promise<string>;
  start(to: number): Promise<string>;
  row(jobId: string): Promise<JobRow>;
  /** Has a worker take the job up, as a queue message would. */
  run(jobId: string, bindings?: Env): Promise<void>;
}

export async function jobWorld(clock: TestClock, kind: JobKind): Promise<JobWorld> {
  const site = await makeSite(clock);
  const db = databaseOf(env, site.workspace.id);
  return {
    site,
    async effects() {
      const [row] = await db.select({ name: sites.name }).from(sites).where(eq(sites.id, site.id));
      return (row?.name ?? "").replace("Blue Door Bakery", "");
    },
    async start(to) {
      const ctx = site.workspace.context();
      const { jobId } = startJob(ctx, kind, { siteId: site.id, input: { to }, step: "Counting to 1" });
      await ctx.unit.commit();
      return jobId;
    },
    async row(jobId) {
      const [row] = await db.select().from(jobs).where(eq(jobs.id, jobId));
      return row as JobRow;
    },
    run: (jobId, bindings = env) =>
      runJob({ ...bindings, LOG_LEVEL: "silent" }, { jobId, workspaceId: site.workspace.id }, RUNTIME),
  };
}
