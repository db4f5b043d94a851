import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { callObject } from "../call-object.ts";
import { now } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { eventOf } from "../events/catalogue.ts";
import { ENVIRONMENTS } from "../keys/key-format.ts";
import { events } from "../storage/tables.ts";
import { jobContext } from "../work/job-context.ts";
import type { CommitListener } from "../work/unit-of-work.ts";
import type { DrawRequest, Grant } from "./ledger.ts";
import { SqlLedgerStorage, type StoredNotice } from "./ledger-storage.ts";
import type { Metric } from "./metric.ts";
import { UsageNotices } from "./usage-notices.ts";
import { type Lease, WorkspaceLedger } from "./workspace-ledger.ts";

/** The ledger of one workspace and environment as a Durable Object: `WorkspaceLedger` with its storage and its key objects. */
export class LedgerObject extends DurableObject<Env> {
  /** Opened by the first call, so that what was forgotten stays so until somebody asks again. */
  private opened: { ledger: WorkspaceLedger; notices: UsageNotices } | null = null;

  private open(): { ledger: WorkspaceLedger; notices: UsageNotices } {
    const storage = new SqlLedgerStorage(this.ctx.storage);
    const notices = new UsageNotices({
      now,
      storage,
      emit: (notice) => this.emit(notice),
      // Alarms run on the runtime's clock, whatever clock the limits are told.
      sendAfter: (ms) => void this.ctx.storage.setAlarm(Date.now() + ms),
    });
    const holder = (name: string) => this.env.KEY_OBJECT.getByName(name);
    return { ledger: new WorkspaceLedger({ now, storage, holder }, notices), notices };
  }

  private get ledger(): WorkspaceLedger {
    this.opened ??= this.open();
    return this.opened.ledger;
  }

  private get notices(): UsageNotices {
    this.opened ??= this.open();
    return this.opened.notices;
  }

  async draw(request: DrawRequest): Promise<Grant & { workspaceVersion: number }> {
    return this.ledger.draw(request);
  }

  async announce(at: { changeId: string; phase: "begin" | "end"; version: number }): Promise<void> {
    return this.ledger.announce(at);
  }

  async rest(holder: string, leases: Lease[]): Promise<void> {
    this.ledger.rest(holder, leases);
  }

  async writeUse(): Promise<void> {
    return this.ledger.writeUse();
  }

  async usage(period: string): Promise<Record<Metric, number>> {
    return this.ledger.usage(period);
  }

  async reserve(at: {
    id: string;
    period: string;
    amount: number;
    limit: number | null;
  }): Promise<"held" | "short" | "settled"> {
    return this.ledger.reserve(at);
  }

  async hasRoom(at: { period: string; amount: number; limit: number | null }): Promise<boolean> {
    return this.ledger.hasRoom(at);
  }

  async settleReservation(id: string, actual: number): Promise<void> {
    this.ledger.settleReservation(id, actual);
  }

  async record(at: Parameters<WorkspaceLedger["record"]>[0]): Promise<number | null> {
    return this.ledger.record(at);
  }

  /** The workspace is no more: nothing of it stays here. */
  async forget(): Promise<void> {
    this.opened = null;
    await this.ctx.storage.deleteAll();
  }

  async alarm(): Promise<void> {
    return this.notices.send();
  }

  /** Makes a notice an event of the workspace; the event's id tells one that was emitted before. */
  private async emit({ id, type, data }: StoredNotice): Promise<void> {
    const [workspaceId, environment] = (this.ctx.id.name ?? "").split(":");
    const tenant = {
      workspaceId: Number(workspaceId),
      environment: environment === "sandbox" ? "sandbox" : "live",
    } as const;
    const { unit } = jobContext(this.env, tenant, "job:usage", now());
    const emittedBefore = new DomainError("conflict", "emitted before");
    unit.onDuplicate([events.id], emittedBefore);
    unit.emit(eventOf(type), data as never, null, id);
    await unit.commit().catch((error: unknown) => {
      if (error !== emittedBefore) throw error;
    });
  }
}

/** Tells the keys of a workspace that a commit is about to change it, and that it is done. */
export function workspaceChange(env: Env, workspaceId: number, version: number): CommitListener {
  const changeId = crypto.randomUUID();
  const tell = async (phase: "begin" | "end"): Promise<void> => {
    await Promise.all(
      ENVIRONMENTS.map((environment) => ledgerOf(env, workspaceId, environment).announce({ changeId, phase, version })),
    );
  };
  return { before: () => tell("begin"), after: () => tell("end") };
}

/** Has the ledgers of a workspace forget all they hold: for one that is purged. Can be repeated. */
export async function forgetLedgers(env: Env, workspaceId: number): Promise<void> {
  for (const environment of ENVIRONMENTS)
    await callObject<void>(() => ledgerOf(env, workspaceId, environment).forget());
}

/** The ledger of a workspace's environment. */
export function ledgerOf(env: Env, workspaceId: number, environment: string): DurableObjectStub<LedgerObject> {
  return env.LEDGER_OBJECT.getByName(`${workspaceId}:${environment}`);
}
