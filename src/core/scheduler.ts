import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { now } from "./clock.ts";

/** What the scheduler runs when its time has come; named by the composition root. */
let dueWork: ((env: Env, now: number) => Promise<unknown>) | null = null;

export function onDue(work: (env: Env, now: number) => Promise<unknown>): void {
  dueWork = work;
}

/** Wakes at the next moment something is due in one workspace. The cron does the same work every minute, should this be lost. */
export class SchedulerObject extends DurableObject<Env> {
  async wakeAt(at: number): Promise<void> {
    const current = await this.ctx.storage.getAlarm();
    // Alarms run on the runtime's clock. `setAlarm(Date.now())` can stall (PLATFORM): a moment ahead it is.
    const wanted = Date.now() + Math.max(1, at - now());
    if (current === null || wanted < current) await this.ctx.storage.setAlarm(wanted);
  }

  async alarm(): Promise<void> {
    await dueWork?.(this.env, now());
  }
}

export const schedulerOf = (env: Env, workspaceId: number, environment: string): DurableObjectStub<SchedulerObject> =>
  env.SCHEDULER_OBJECT.getByName(`${workspaceId}:${environment}`);
