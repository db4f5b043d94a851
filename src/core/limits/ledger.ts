import type { Metric } from "./metric.ts";

/** One holder's share of one metric in one month. `granted` never falls below `used`. */
export interface LeaseRow {
  period: string;
  metric: Metric;
  holder: string;
  granted: number;
  used: number;
  /** Counts the grants and withdrawals, so that an answer that arrives late cannot undo a newer one. */
  rev: number;
}

export interface DrawRequest {
  holder: string;
  metric: Metric;
  period: string;
  /** All the holder has used in this period so far. */
  used: number;
  /** Units it cannot do without: fewer are of no use to it. */
  need: number;
  /** Units it would like, if there are plenty. */
  want: number;
  /** The plan's monthly allowance, `null` for none. */
  limit: number | null;
  /** What the key may have of it in a month, over all its objects; `null` for no cap of its own. */
  cap: number | null;
  /** It goes by no earlier lease, since it has lost it or its allowance has changed: what is left of that is free again. */
  isEmptyHanded: boolean;
}

export interface Grant {
  /** The holder may use up to this many units in the period, counted from its start. */
  granted: number;
  used: number;
  rev: number;
  /** Units that the key's other objects have used. */
  elsewhere: number;
}

/** A reservation of units whose real number is known later (AI tokens). */
export interface Reservation {
  id: string;
  metric: Metric;
  period: string;
  amount: number;
  expiresAt: number;
}

/**
 * After this long a reservation that nobody has settled is spent for good: its caller is gone, the provider's bill is not. Until
 * then work that was interrupted, such as a job, may come back and settle it.
 */
const RESERVATION_TTL_MS = 24 * 3_600_000;

/** The key a holder is an object of: `7#2` is one of `7`. */
const keyOf = (holder: string): string => holder.split("#", 1)[0] as string;

const rowKey = (period: string, metric: Metric, holder: string): string => `${period} ${metric} ${holder}`;

/**
 * A workspace's monthly allowances, shared by all its keys. Holders (key objects) draw leases and hand the rest back;
 * what is granted plus what is reserved never exceeds the plan, whatever a holder does with its lease.
 * Pure: rows go in and changed rows come out of `changed()`.
 */
export class Ledger {
  private readonly rows = new Map<string, LeaseRow>();
  private readonly reservations = new Map<string, Reservation>();
  private readonly granted = new Map<string, number>();
  private dirty = new Set<LeaseRow>();

  constructor(rows: LeaseRow[] = [], reservations: Reservation[] = []) {
    for (const row of rows) {
      this.rows.set(rowKey(row.period, row.metric, row.holder), row);
      this.addGranted(row, row.granted);
    }
    for (const reservation of reservations) this.reservations.set(reservation.id, reservation);
  }

  private addGranted(at: { period: string; metric: Metric }, amount: number): void {
    const key = `${at.period} ${at.metric}`;
    this.granted.set(key, (this.granted.get(key) ?? 0) + amount);
  }

  private row(period: string, metric: Metric, holder: string): LeaseRow {
    const key = rowKey(period, metric, holder);
    let row = this.rows.get(key);
    if (!row) {
      row = { period, metric, holder, granted: 0, used: 0, rev: 0 };
      this.rows.set(key, row);
    }
    return row;
  }

  private change(row: LeaseRow, granted: number, used: number): void {
    this.addGranted(row, granted - row.granted);
    row.granted = granted;
    row.used = used;
    row.rev += 1;
    this.dirty.add(row);
  }

  private reserved(period: string, metric: Metric): number {
    let sum = 0;
    for (const entry of this.reservations.values()) {
      if (entry.period === period && entry.metric === metric) sum += entry.amount;
    }
    return sum;
  }

  /** Units nobody holds; `null` where the plan has no limit. */
  available(period: string, metric: Metric, limit: number | null): number | null {
    return limit === null ? null : Math.max(0, this.leftOfPlan(period, metric, limit));
  }

  /** The rows of one key's objects. */
  private *rowsOfKey(period: string, metric: Metric, holder: string): Iterable<LeaseRow> {
    const key = keyOf(holder);
    for (const row of this.rows.values()) {
      if (row.period === period && row.metric === metric && keyOf(row.holder) === key) yield row;
    }
  }

  /** What is left of the key's cap beyond what its objects hold, less than nothing when they hold too much. */
  private leftOfCap({ period, metric, holder, cap }: DrawRequest): number {
    if (cap === null) return Number.POSITIVE_INFINITY;
    let left = cap;
    for (const row of this.rowsOfKey(period, metric, holder)) left -= row.granted;
    return left;
  }

  /** The same of the plan. */
  private leftOfPlan(period: string, metric: Metric, limit: number | null): number {
    if (limit === null) return Number.POSITIVE_INFINITY;
    return limit - (this.granted.get(`${period} ${metric}`) ?? 0) - this.reserved(period, metric);
  }

  /** Grants up to `want` units more, near the end of the plan only the `need`, none when fewer than that are left. */
  draw(request: DrawRequest): Grant {
    const { holder, metric, period, limit } = request;
    const row = this.row(period, metric, holder);
    const used = Math.min(request.used, row.granted);
    const kept = request.isEmptyHanded ? used : row.granted;
    if (kept !== row.granted || used !== row.used) this.change(row, kept, used);
    const available = Math.max(0, Math.min(this.leftOfPlan(period, metric, limit), this.leftOfCap(request)));
    const missing = Math.max(0, request.need - (row.granted - used));
    const wanted = Math.max(missing, Math.min(request.want, this.fairShare(available, period, metric)));
    const grant = available < missing ? 0 : wanted;
    if (grant > 0) this.change(row, row.granted + grant, used);
    let elsewhere = -row.used;
    for (const one of this.rowsOfKey(period, metric, holder)) elsewhere += one.used;
    return { granted: row.granted, used: row.used, rev: row.rev, elsewhere };
  }

  /** Half of an even split of what is left among the holders, at least one: near the end leases shrink to single units. */
  private fairShare(available: number, period: string, metric: Metric): number {
    let holders = 0;
    for (const row of this.rows.values()) if (row.period === period && row.metric === metric) holders += 1;
    return Math.min(available, Math.max(1, Math.floor(available / (2 * Math.max(1, holders)))));
  }

  /** Holders with units left that they could use without asking. */
  openHolders(period: string): string[] {
    const open = [...this.rows.values()].filter((row) => row.period === period && row.granted > row.used);
    return [...new Set(open.map((row) => row.holder))].filter((holder) => holder !== "settled");
  }

  /** Others whose unused units would help: anybody's where the plan is short, the key's own where only its cap is. */
  othersWithLease(request: DrawRequest): LeaseRow[] {
    const { period, metric, holder, limit, need } = request;
    const others = this.holdersWithLease(period, metric, holder);
    if (this.leftOfPlan(period, metric, limit) < need) return others;
    return others.filter((row) => keyOf(row.holder) === keyOf(holder));
  }

  /** Other holders with units they have not reported as used. */
  holdersWithLease(period: string, metric: Metric, except: string): LeaseRow[] {
    return [...this.rows.values()].filter(
      (row) => row.period === period && row.metric === metric && row.holder !== except && row.granted > row.used,
    );
  }

  /** Takes back what the holder has not used. `rev` is the one it last saw: a settlement older than a newer grant is ignored. */
  settle(at: { holder: string; metric: Metric; period: string; used: number; rev: number }): void {
    const row = this.rows.get(rowKey(at.period, at.metric, at.holder));
    if (row?.rev !== at.rev) return;
    // A count restored after a crash may lie above the grant, never below what was used.
    const used = Math.min(at.used, row.granted);
    if (row.granted !== used || row.used !== used) this.change(row, used, used);
  }

  /** Units used in the period, as last reported, with what reservations hold. */
  used(period: string, metric: Metric): number {
    let sum = this.reserved(period, metric);
    for (const row of this.rows.values()) if (row.period === period && row.metric === metric) sum += row.used;
    return sum;
  }

  /** Holds back `amount` units until `settleReservation`; `null` when the plan has fewer left. */
  reserve(at: Omit<Reservation, "expiresAt"> & { limit: number | null; now: number }): Reservation | null {
    const earlier = this.reservations.get(at.id);
    if (earlier) return earlier;
    const available = this.available(at.period, at.metric, at.limit);
    if (available !== null && available < at.amount) return null;
    const { id, metric, period, amount } = at;
    const reservation = { id, metric, period, amount, expiresAt: at.now + RESERVATION_TTL_MS };
    this.reservations.set(id, reservation);
    return reservation;
  }

  /** Replaces a reservation by what was really used. Settling twice, or an unknown id, changes nothing. */
  settleReservation(id: string, actual: number): Reservation | null {
    const reservation = this.reservations.get(id);
    if (!reservation) return null;
    this.reservations.delete(id);
    const row = this.row(reservation.period, reservation.metric, "settled");
    this.change(row, row.granted + actual, row.used + actual);
    return reservation;
  }

  /** Ids of reservations whose caller never came back. */
  expiredReservations(now: number): Reservation[] {
    return [...this.reservations.values()].filter((entry) => entry.expiresAt <= now);
  }

  /** Forgets the months before this one. */
  forgetBefore(period: string): void {
    for (const [key, row] of this.rows) if (row.period < period) this.rows.delete(key);
    for (const key of this.granted.keys()) if (key < period) this.granted.delete(key);
  }

  /** The rows changed since the last call. */
  changed(): LeaseRow[] {
    const rows = [...this.dirty];
    this.dirty = new Set();
    return rows;
  }
}
