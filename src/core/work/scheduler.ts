import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { callObject } from "../call-object.ts";
import { type Environment, ENVIRONMENTS } from "../keys/key-format.ts";
import { now } from "../clock.ts";
import type { Ctx } from "./context.ts";

/** One workspace and environment. */
export interface Tenant {
  workspaceId: number;
  environment: Environment;
}

/** Carries out what is due in a workspace; answers when it wants to be run next, `null` when nothing waits. */
export type DueWork = (env: Env, now: number, tenant: Tenant) => Promise<number | null>;

/** What the scheduler runs when its time has come; named by the composition root. */
let dueWork: readonly DueWork[] = [];

export function onDue(...work: DueWork[]): void {
  dueWork = work;
}

/** Between two runs: what is due within so short a time is looked for together. */
const GAP_MS = 200;

/** Wakes at the next moment something is due in one workspace. The cron does the same work every minute, should this be lost. */
export class SchedulerObject extends DurableObject<Env> {
  private ranAt = 0;

  async wakeAt(at: number): Promise<void> {
    const current = await this.ctx.storage.getAlarm();
    // Alarms run on the runtime's clock. `setAlarm(Date.now())` can stall (docs/platform.md): a moment ahead it is.
    const wanted = Math.max(Date.now() + Math.max(1, at - now()), this.ranAt + GAP_MS);
    if (current === null || wanted < current) await this.ctx.storage.setAlarm(wanted);
  }

  /** The workspace is no more: nothing of it waits here. */
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  async alarm(): Promise<void> {
    const [workspaceId, environment] = (this.ctx.id.name ?? "").split(":");
    const tenant = { workspaceId: Number(workspaceId), environment: environment as Environment };
    const done = await Promise.allSettled(dueWork.map((work) => work(this.env, now(), tenant)));
    this.ranAt = Date.now();
    for (const it of done) if (it.status === "fulfilled" && it.value !== null) await this.wakeAt(it.value);
    for (const it of done) if (it.status === "rejected") throw it.reason;
  }
}

export const schedulerOf = (env: Env, workspaceId: number, environment: string): DurableObjectStub<SchedulerObject> =>
  env.SCHEDULER_OBJECT.getByName(`${workspaceId}:${environment}`);

/** Has the schedulers of a workspace forget what waits: for one that is purged. Can be repeated. */
export async function forgetSchedulers(env: Env, workspaceId: number): Promise<void> {
  for (const environment of ENVIRONMENTS)
    await callObject<void>(() => schedulerOf(env, workspaceId, environment).forget());
}

/** Asks to be woken once the commit is done. The cron looks every minute as well, so a lost call only costs time. */
export function wakeAt(ctx: Ctx, at: number): void {
  const { workspaceId, environment } = ctx.caller;
  ctx.unit.onCommit({
    after: () =>
      schedulerOf(ctx.env, workspaceId, environment)
        .wakeAt(at)
        .catch(() => {}),
  });
}
