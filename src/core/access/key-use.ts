import { periodKey } from "../limits/period.ts";

/** What is told of a call besides its charges, for the key's owner to see. */
export interface CallUse {
  scope: string | null;
  userAgent: string;
}

/** A key's use as its object keeps it until it is written to the table. */
export interface UseState {
  at: number;
  ip: string;
  userAgent: string;
  /** Calls by UTC day: totals, so that writing them twice changes nothing. */
  days: Record<string, number>;
  /** The last day each scope was needed. */
  scopes: Record<string, string>;
}

/** Collects what a key was used for. Pure; its object stores it and writes it to the table. */
export class KeyUse {
  private state: UseState;
  private isDirty = false;

  constructor(state?: UseState) {
    this.state = state ?? { at: 0, ip: "", userAgent: "", days: {}, scopes: {} };
    this.isDirty = state !== undefined;
  }

  get lastAt(): number {
    return this.state.at;
  }

  /** Notes an admitted call that counts as so many. */
  note(call: { ip: string; use?: CallUse }, calls: number, now: number): void {
    const day = periodKey("day", now);
    const { days, scopes } = this.state;
    days[day] = (days[day] ?? 0) + calls;
    if (call.use?.scope) scopes[call.use.scope] = day;
    this.state = { at: now, ip: call.ip, userAgent: call.use?.userAgent ?? "", days, scopes };
    this.isDirty = true;
  }

  /** Takes back calls of a day that came to nothing. */
  undo(calls: number, chargedAt: number): void {
    const day = periodKey("day", chargedAt);
    const { days } = this.state;
    if (days[day] === undefined) return;
    days[day] = Math.max(0, days[day] - calls);
    this.isDirty = true;
  }

  snapshot(): UseState {
    return { ...this.state, days: { ...this.state.days }, scopes: { ...this.state.scopes } };
  }

  /** Whether it counts nothing of the day: what there was is in the table. */
  isPast(now: number): boolean {
    return !this.isDirty && this.state.days[periodKey("day", now)] === undefined;
  }

  /** What has to be written; `null` when the table already has it. */
  unwritten(): UseState | null {
    return this.isDirty ? this.snapshot() : null;
  }

  /** The table has `written`: days that are over need not be kept, and nothing is due unless more happened since. */
  wrote(written: UseState, now: number): void {
    const { days, at } = this.state;
    this.isDirty = at !== written.at || Object.entries(days).some(([day, calls]) => written.days[day] !== calls);
    const today = periodKey("day", now);
    for (const day of Object.keys(written.days)) if (day < today && days[day] === written.days[day]) delete days[day];
  }
}
