import type { LedgerStorage, StoredNotice } from "../../../../src/core/limits/ledger-storage.ts";
import type { LeaseRow, Reservation } from "../../../../src/core/limits/ledger.ts";

const copy = <Value>(value: Value): Value => structuredClone(value);

/** A ledger's storage in memory: what is put into it is what a ledger started anew finds. */
export class MemoryLedgerStorage implements LedgerStorage {
  private readonly kept = {
    leases: new Map<string, LeaseRow>(),
    reservations: new Map<string, Reservation>(),
    hours: new Map<number, number>(),
    notices: new Map<string, StoredNotice & { isSent: boolean }>(),
    records: new Map<string, number>(),
    waiting: new Set<string>(),
    version: 0,
  };

  leases(): LeaseRow[] {
    return copy([...this.kept.leases.values()]);
  }
  saveLease(row: LeaseRow): void {
    this.kept.leases.set(`${row.period} ${row.metric} ${row.holder}`, copy(row));
  }
  dropLeases(before: string): void {
    for (const [key, { period }] of this.kept.leases) if (period < before) this.kept.leases.delete(key);
  }
  reservations(): Reservation[] {
    return copy([...this.kept.reservations.values()]);
  }
  addReservation(entry: Reservation): void {
    if (!this.kept.reservations.has(entry.id)) this.kept.reservations.set(entry.id, copy(entry));
  }
  dropReservation(id: string): void {
    this.kept.reservations.delete(id);
  }
  hours(): [number, number][] {
    return [...this.kept.hours];
  }
  saveHour(hour: number, calls: number): void {
    this.kept.hours.set(hour, calls);
  }
  dropHours(before: number): void {
    const first = Math.min(...this.kept.hours.keys());
    for (const hour of this.kept.hours.keys()) if (hour < before && hour > first) this.kept.hours.delete(hour);
  }
  addNotice(notice: StoredNotice): boolean {
    if (this.kept.notices.has(notice.key)) return false;
    this.kept.notices.set(notice.key, { ...copy(notice), isSent: false });
    return true;
  }
  unsentNotices(): StoredNotice[] {
    const unsent = [...this.kept.notices.values()].filter(({ isSent }) => !isSent);
    return unsent.map(({ key, id, type, data }) => ({ key, id, type, data }));
  }
  markSent(key: string): void {
    const notice = this.kept.notices.get(key);
    if (notice) notice.isSent = true;
  }
  dropNotices(before: string): void {
    for (const [key, { isSent, id }] of this.kept.notices) if (isSent && id < before) this.kept.notices.delete(key);
  }
  /** How much of everything there is. */
  sizes(): Record<string, number> {
    const { leases, hours, notices, records, reservations, waiting } = this.kept;
    const all = { leases, hours, notices, records, reservations, waiting };
    return Object.fromEntries(Object.entries(all).map(([name, { size }]) => [name, size]));
  }
  hasRecord(id: string): boolean {
    return this.kept.records.has(id);
  }
  addRecord(id: string, at: number): void {
    this.kept.records.set(id, at);
  }
  dropRecords(until: number): void {
    for (const [id, at] of this.kept.records) if (at <= until) this.kept.records.delete(id);
  }
  waiting(): string[] {
    return [...this.kept.waiting];
  }
  addWaiting(holder: string): void {
    this.kept.waiting.add(holder);
  }
  dropWaiting(holder?: string): void {
    if (holder === undefined) this.kept.waiting.clear();
    else this.kept.waiting.delete(holder);
  }
  workspaceVersion(): number {
    return this.kept.version;
  }
  saveWorkspaceVersion(version: number): void {
    this.kept.version = version;
  }
  atomically(write: () => void): void {
    write();
  }
}
