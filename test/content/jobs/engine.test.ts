import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { sweepJobs } from "../../../src/content/jobs/engine/sweep.ts";
import { invalid, unavailable } from "../../../src/core/errors.ts";
import { failing, FAULTS } from "../../faults/world.ts";
import { call, START, TestClock } from "../../support/fixtures.ts";
import { counting, type JobWorld, jobWorld } from "./world.ts";

const clock = new TestClock();
const MINUTE = 60_000;

beforeEach(() => {
  clock.time = START;
});

/** Runs the job again and again, as messages and sweeps would, until nothing of it is due any more. */
async function untilOver(world: JobWorld, jobId: string): Promise<void> {
  for (let runs = 0; runs < 100; runs += 1) {
    if ((await world.row(jobId)).dueAt === null) return;
    clock.advance(10 * MINUTE);
    await world.run(jobId);
  }
  throw new Error("The job does not end");
}

describe("a job", () => {
  it("a job goes through its steps in order, commits each with its effects, and ends with its result", async () => {
    const world = await jobWorld(clock, counting());
    const jobId = await world.start(3);
    expect(await world.row(jobId)).toMatchObject({ status: "queued", progress: 0, step: "Counting to 1", version: 1 });
    await world.run(jobId);
    const row = await world.row(jobId);
    expect(row).toMatchObject({ status: "succeeded", progress: 100, result: { counted: 3 }, error: null, dueAt: null });
    expect([row.startedAt, row.finishedAt, row.leaseId]).toEqual([START, START, null]);
    expect(await world.effects()).toBe(",1,2,3");
  });

  it("a job whose worker dies at any of its calls ends once, with every effect once", async () => {
    const kind = counting();
    for (const moment of ["before", "after"] as const) {
      for (let target = 1; ; target += 1) {
        const world = await jobWorld(clock, kind);
        const jobId = await world.start(3);
        const { bindings, calls } = failing(target, moment);
        // What is thrown in the middle of a run is all that is left of it, as of a process that was killed.
        await world.run(jobId, bindings).catch(() => {});
        await untilOver(world, jobId);
        const what = `${moment} call ${target}`;
        expect(await world.effects(), what).toBe(",1,2,3");
        expect(await world.row(jobId), what).toMatchObject({ status: "succeeded", result: { counted: 3 } });
        if (calls() < target) break;
      }
    }
  });

  it("a job that two workers take up at once is carried out by one of them", async () => {
    const world = await jobWorld(clock, counting());
    const jobId = await world.start(5);
    await Promise.all([world.run(jobId), world.run(jobId), world.run(jobId)]);
    expect(await world.effects()).toBe(",1,2,3,4,5");
  });

  it("a worker that comes back after its lease has ended commits nothing of its step", async () => {
    const stopped = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let isFirst = true;
    const before = async (_: unknown, n: number) => {
      if (n !== 2 || !isFirst) return;
      isFirst = false;
      stopped.resolve();
      await goOn.promise;
    };
    const world = await jobWorld(clock, counting({ before }));
    const jobId = await world.start(2);
    const late = world.run(jobId);
    await stopped.promise;
    await world.run(jobId);
    expect(await world.effects()).toBe(",1");
    clock.advance(MINUTE);
    await world.run(jobId);
    expect(await world.effects()).toBe(",1,2");
    goOn.resolve();
    await late;
    expect(await world.effects()).toBe(",1,2");
    expect(await world.row(jobId)).toMatchObject({ status: "succeeded", result: { counted: 2 } });
  });

  it("a job that was cancelled under way keeps what it has done and does no more, and a second cancelling is refused", async () => {
    let cancelled: Promise<unknown> | null = null;
    const world = await jobWorld(clock, counting({ before: async (_, n) => void (n === 2 && (await cancel())) }));
    const cancel = () => {
      cancelled = call("POST", `${world.site.path}/jobs/${jobId}/cancel`, { headers: world.site.key.headers });
      return cancelled;
    };
    const jobId = await world.start(3);
    await world.run(jobId);
    expect(await cancelled).toMatchObject({ status: 200, body: { data: { status: "cancelled", step: null } } });
    expect(await world.row(jobId)).toMatchObject({ status: "cancelled", progress: 33, dueAt: null, leaseId: null });
    expect(await world.effects()).toBe(",1");
    expect(await cancel()).toMatchObject({ status: 409 });
  });

  it("a step that cannot be done for what it was given ends the job as failed, with the words for the caller", async () => {
    const before = () => {
      throw invalid("to", "is too far");
    };
    const world = await jobWorld(clock, counting({ before }));
    const jobId = await world.start(1);
    await world.run(jobId);
    const row = await world.row(jobId);
    expect(row).toMatchObject({
      status: "failed",
      error: "to: is too far",
      errorCode: "validation_failed",
      dueAt: null,
    });
  });

  it("a step whose dependency does not answer is tried again, later each time, and ends as failed after the sixth time", async () => {
    const at: number[] = [];
    const before = () => {
      at.push(clock.time);
      throw unavailable();
    };
    const world = await jobWorld(clock, counting({ before }));
    const jobId = await world.start(1);
    for (let next: number | null = clock.time; next !== null; next = (await world.row(jobId)).dueAt) {
      clock.time = next;
      await world.run(jobId);
    }
    expect(at.map((time) => (time - START) / 1_000)).toEqual([0, 5, 15, 35, 75, 155]);
    expect(await world.row(jobId)).toMatchObject({ status: "failed", errorCode: "unavailable" });
  });

  it("a defect of ours ends the job without telling what is inside", async () => {
    const before = () => {
      throw new TypeError("secret of ours");
    };
    const world = await jobWorld(clock, counting({ before }));
    const jobId = await world.start(1);
    await untilOver(world, jobId);
    const row = await world.row(jobId);
    expect([row.status, row.errorCode]).toEqual(["failed", "internal"]);
    expect(JSON.stringify(row)).not.toContain("secret");
  });

  it("what is done afterwards is done however the job ends, again until it succeeds, and once it has it is done no more", async () => {
    const seen: string[] = [];
    let failures = 2;
    const afterwards = async (_: unknown, job: { status: string }) => {
      seen.push(job.status);
      if (failures > 0) {
        failures -= 1;
        throw new Error(FAULTS[0]);
      }
    };
    const world = await jobWorld(clock, counting({ afterwards }));
    const jobId = await world.start(1);
    await untilOver(world, jobId);
    expect(seen).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(await world.row(jobId)).toMatchObject({ status: "succeeded", result: { counted: 1 } });
    const other = await world.start(1);
    await call("POST", `${world.site.path}/jobs/${other}/cancel`, { headers: world.site.key.headers });
    await untilOver(world, other);
    expect(seen.slice(3)).toEqual(["cancelled"]);
  });

  it("a job whose wake-up was lost is woken by the sweep, which says when to look again", async () => {
    const world = await jobWorld(clock, counting());
    const jobId = await world.start(1);
    const woken: unknown[] = [];
    const JOBS = { sendBatch: async (messages: Iterable<{ body: unknown }>) => void woken.push(...messages) };
    const tenant = { workspaceId: world.site.workspace.id, environment: "live" as const };
    const sweep = () => sweepJobs({ ...env, JOBS: JOBS as never }, clock.time, tenant);
    expect(await sweep()).toBe(START + 30_000);
    expect(woken).toEqual([{ body: { jobId, workspaceId: tenant.workspaceId } }]);
    await world.run(jobId);
    expect(await sweep()).toBeNull();
  });

  it("a workspace has a hundred jobs under way at most", async () => {
    const world = await jobWorld(clock, counting());
    for (let n = 0; n < 100; n += 1) await world.start(1);
    await expect(world.start(1)).rejects.toMatchObject({ code: "conflict", details: { reason: "too_many_jobs" } });
  });
});
