import type { DrawRequest, Grant } from "../limits/ledger.ts";
import type { Metric } from "../limits/metric.ts";
import { periodKey } from "../limits/period.ts";
import type { Allowance, GateDecision, KeyGate } from "./key-gate.ts";

/** Units asked for at a time. */
const MIN_WANT = 4;
const MAX_WANT = 512;
/** A lease should last longer than this: asking more often costs calls, holding more keeps units from other keys. */
const SHORT_LEASE_MS = 5_000;

type LeaseWanted = Extract<GateDecision, { kind: "needs_lease" }>;

/** Asks the ledger of the key's workspace. */
export type Draw = (request: Omit<DrawRequest, "holder">) => Promise<Grant>;

/** Draws what a key's gate lacks of the workspace's allowances, and decides how much at a time. */
export class KeyLeases {
  private want = MIN_WANT;
  private drawnAt = 0;
  private readonly running = new Map<Metric, { need: number; granted: Promise<boolean> }>();

  constructor(private readonly now: () => number) {}

  /** Asks for more units, one request at a time for each metric. `false`: the plan has fewer left than are needed. */
  async draw(gate: KeyGate, wanted: LeaseWanted, ask: Draw): Promise<boolean> {
    const { metric, need } = wanted;
    const running = this.running.get(metric);
    // Fewer units than the running request asks for may still be there.
    if (running) return (await running.granted) || need < running.need;
    const granted = this.ask(gate, wanted, ask).finally(() => this.running.delete(metric));
    this.running.set(metric, { need, granted });
    return granted;
  }

  private async ask(gate: KeyGate, { metric, need }: LeaseWanted, ask: Draw): Promise<boolean> {
    const period = periodKey("month", this.now());
    const used = gate.used(metric, this.now());
    const allowance = gate.allowance(metric);
    const isEmptyHanded = !gate.holdsLease(metric, this.now());
    const grant = await ask({ metric, period, used, need, want: this.wanted(allowance), ...allowance, isEmptyHanded });
    gate.acceptGrant(metric, period, grant, { used, ...allowance }, this.now());
    return grant.granted - grant.used >= need;
  }

  /** Twice as much as last time when that did not last, half of it when it did. */
  private wanted({ limit, cap }: Allowance): number {
    const wasShort = this.now() - this.drawnAt < SHORT_LEASE_MS;
    this.want = wasShort ? Math.min(MAX_WANT, this.want * 2) : Math.max(MIN_WANT, Math.floor(this.want / 2));
    this.drawnAt = this.now();
    // Where nothing is limited, nothing is kept from others.
    return limit === null && cap === null ? MAX_WANT : this.want;
  }

  /** The key has come to rest: it starts small again. */
  rest(): void {
    this.want = MIN_WANT;
  }
}
