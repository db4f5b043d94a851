import { and, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "@hono/zod-openapi";
import { conflict, DomainError } from "../../core/errors.ts";
import { planOf } from "../../core/limits/plans.ts";
import type { Ctx } from "../../core/work/context.ts";
import { jobContext } from "../../core/work/job-context.ts";
import { forgetWork } from "../../content/archive/bucket.ts";
import { FIRST_FILE, writeRecords } from "../../content/archive/export.ts";
import { importStep, progressOf } from "../../content/archive/import.ts";
import { allKinds, kindNamed } from "../../content/archive/kind.ts";
import { type ImportResult, resultOf } from "../../content/archive/report.ts";
import { exportable, importable } from "../../content/archive/rights.ts";
import { sampleSource } from "../../content/archive/sources/sample.ts";
import { writtenSource } from "../../content/archive/sources/written.ts";
import { firstState, type ImportState, type Work } from "../../content/archive/state.ts";
import type { Job } from "../../content/jobs/contract.ts";
import { defineJob } from "../../content/jobs/kind.ts";
import { startJob } from "../../content/jobs/service/start.ts";
import { jobs } from "../../content/jobs/table.ts";
import { RESETS, type ResetTo } from "./contract.ts";
import { beginEmptying, emptySome, sandboxSites } from "./empty.ts";

const LEASE_MS = 5 * 60_000;

const ResetInput = z.object({ to: z.enum(RESETS), kinds: z.array(z.string()) });

type ResetInputs = z.output<typeof ResetInput>;

/** Starts a reset; one at a time. A copy of what is live is for a live key alone: sandbox keys see nothing of that side. */
export function startReset({ ctx, input: { to } }: { ctx: Ctx; input: { to: ResetTo } }): Job {
  const { caller } = ctx;
  if (to === "live" && caller.environment !== "live") {
    throw new DomainError("forbidden", "A sandbox API key cannot copy what is live.", { reason: "environment" });
  }
  const writable = importable(caller);
  const copied = exportable(caller).kinds.filter((name) => writable.includes(name) && !kindNamed(name).isPersonal);
  const isUnderWay = and(
    eq(jobs.workspaceId, caller.workspaceId),
    eq(jobs.kind, "sandbox_reset"),
    isNotNull(jobs.dueAt),
  );
  ctx.unit.require(
    sql`NOT EXISTS (SELECT 1 FROM ${jobs} WHERE ${isUnderWay})`,
    conflict("to", "The sandbox is being reset already."),
  );
  return startJob(ctx, RESET_JOB, { siteId: null, input: { to, kinds: copied }, step: "Waiting to begin" });
}

/**
 * Empties a sandbox and fills it. All that it is filled with is written down and checked first; emptying begins with one
 * commit after which no list has anything of what was there.
 */
export const RESET_JOB = defineJob<ResetInputs, ImportState, ImportResult>({
  name: "sandbox_reset",
  scope: "workspaces:write",
  input: ResetInput,
  leaseMs: LEASE_MS,
  async step(live, { job, input, state: before }) {
    const { workspaceId } = job;
    const ctx = jobContext(
      live.env,
      { workspaceId, environment: "sandbox" },
      job.actor,
      live.now,
      live.caller.workspace.tier,
    );
    const owner = { workspaceId, environment: job.environment };
    const state = before ? structuredClone(before) : await begun(ctx, input.to);
    if (state.phase === "write") {
      const writing = await writeRecords(
        jobContext(live.env, { workspaceId, environment: "live" }, job.actor, live.now),
        {
          owner,
          jobId: job.id,
          selection: { kinds: input.kinds, siteIds: null },
          state: state.writing ?? FIRST_FILE,
        },
      );
      if (writing === null) state.phase = "read";
      return { state: { ...state, writing }, progress: 10, step: "Copying what is live" };
    }
    if (state.phase === "empty") {
      const isEmpty =
        state.part === "emptying" ? await emptySome(ctx, state.emptied) : await beginEmptying(live, ctx, state);
      if (isEmpty && input.to === "empty") return { result: resultOf(state.report, false) };
      const next = { ...state, part: isEmpty ? null : "emptying", phase: isEmpty ? ("apply" as const) : state.phase };
      return { state: next, progress: 30, step: "Emptying the sandbox" };
    }
    const work: Work = {
      ...owner,
      environment: "sandbox",
      siteId: null,
      kinds: allOf(input),
      dryRun: false,
      isEmptied: true,
      jobId: job.id,
    };
    const open = async () => (input.to === "live" ? writtenSource(ctx, owner, job.id) : sampleSource(job.createdAt));
    const isDone = await importStep(ctx, work, open, state);
    if (isDone) return { result: resultOf(state.report, false) };
    // Everything is read and checked: now there is something to put in the place of what goes.
    const phase = state.phase === "apply" && state.part === null && state.stored === 0 ? "empty" : state.phase;
    return { state: { ...state, phase }, ...progressOf(state) };
  },
  afterwards: async ({ env }, { id, workspaceId, environment }) => {
    await forgetWork(env, { workspaceId, environment }, id);
    await forgetWork(env, { workspaceId, environment: "sandbox" }, id);
  },
});

/** Samples are ours: they come whole, whoever asks for them. */
const allOf = ({ to, kinds }: ResetInputs): string[] => (to === "live" ? kinds : allKinds().map(({ name }) => name));

async function begun(ctx: Ctx, to: ResetTo): Promise<ImportState> {
  const phase = { empty: "empty", sample: "read", live: "write" } as const;
  const { caller } = ctx;
  // A plan is never asked for more than what is there afterwards.
  if (planOf(caller.workspace.tier).features.sites === 0)
    throw new DomainError("feature_limit_reached", "The plan has no websites.");
  return { ...firstState(phase[to]), emptied: await sandboxSites(ctx) };
}
