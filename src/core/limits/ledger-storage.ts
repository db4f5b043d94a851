import type { LeaseRow, Reservation } from "./ledger.ts";

/** A notice as it is kept until it is sent, under the id its event will have. */
export interface StoredNotice {
  key: string;
  id: string;
  type: string;
  data: unknown;
}

/** What the ledger of a workspace keeps for the time after its object was evicted. */
export interface LedgerStorage {
  leases(): LeaseRow[];
  saveLease(row: LeaseRow): void;
  /** Drops the leases of the months before this one. */
  dropLeases(before: string): void;
  reservations(): Reservation[];
  addReservation(entry: Reservation): void;
  dropReservation(id: string): void;
  /** Calls by the hour, as `UsageWatch` counts them. */
  hours(): [hour: number, calls: number][];
  saveHour(hour: number, calls: number): void;
  /** Drops the hours before this one but for the very first, which says since when there has been anything to count. */
  dropHours(before: number): void;
  /** `false`: a notice of this key was kept before. */
  addNotice(notice: StoredNotice): boolean;
  unsentNotices(): StoredNotice[];
  markSent(key: string): void;
  /** Drops the notices that were sent and whose ids come before this one. */
  dropNotices(before: string): void;
  hasRecord(id: string): boolean;
  addRecord(id: string, at: number): void;
  dropRecords(until: number): void;
  /** Holders that were told that an allowance is used up, and go by it for a while. */
  waiting(): string[];
  addWaiting(holder: string): void;
  /** Drops one of them, or all. */
  dropWaiting(holder?: string): void;
  /** The newest version of the workspace that was announced. */
  workspaceVersion(): number;
  saveWorkspaceVersion(version: number): void;
  /** Runs writes of which all happen or none does. */
  atomically(write: () => void): void;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS leases (
  period TEXT, metric TEXT, holder TEXT, granted INTEGER, used INTEGER, rev INTEGER,
  PRIMARY KEY (period, metric, holder)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, calls INTEGER);
CREATE TABLE IF NOT EXISTS notices (key TEXT PRIMARY KEY, id TEXT, type TEXT, data TEXT, isSent INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (holder TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, at INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reservations (
  id TEXT PRIMARY KEY, metric TEXT, period TEXT, amount INTEGER, expiresAt INTEGER
) WITHOUT ROWID;`;

/** The same in the SQLite database of a Durable Object. */
export class SqlLedgerStorage implements LedgerStorage {
  constructor(private readonly storage: DurableObjectStorage) {
    storage.sql.exec(SCHEMA);
  }

  private rows(query: string, ...values: SqlStorageValue[]): Record<string, SqlStorageValue>[] {
    return this.storage.sql.exec(query, ...values).toArray();
  }

  leases(): LeaseRow[] {
    return this.rows("SELECT * FROM leases") as unknown as LeaseRow[];
  }

  saveLease({ period, metric, holder, granted, used, rev }: LeaseRow): void {
    const values = [period, metric, holder, granted, used, rev];
    this.rows("INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, ?, ?)", ...values);
  }

  dropLeases(before: string): void {
    this.rows("DELETE FROM leases WHERE period < ?", before);
  }

  reservations(): Reservation[] {
    return this.rows("SELECT * FROM reservations") as unknown as Reservation[];
  }

  addReservation({ id, metric, period, amount, expiresAt }: Reservation): void {
    this.rows("INSERT OR IGNORE INTO reservations VALUES (?, ?, ?, ?, ?)", id, metric, period, amount, expiresAt);
  }

  dropReservation(id: string): void {
    this.rows("DELETE FROM reservations WHERE id = ?", id);
  }

  hours(): [hour: number, calls: number][] {
    return this.rows("SELECT hour, calls FROM hours").map(({ hour, calls }) => [Number(hour), Number(calls)]);
  }

  saveHour(hour: number, calls: number): void {
    this.rows("INSERT OR REPLACE INTO hours VALUES (?, ?)", hour, calls);
  }

  dropHours(before: number): void {
    this.rows("DELETE FROM hours WHERE hour < ? AND hour > (SELECT min(hour) FROM hours)", before);
  }

  addNotice({ key, id, type, data }: StoredNotice): boolean {
    const insert = "INSERT OR IGNORE INTO notices VALUES (?, ?, ?, ?, 0)";
    return this.storage.sql.exec(insert, key, id, type, JSON.stringify(data)).rowsWritten > 0;
  }

  unsentNotices(): StoredNotice[] {
    return this.rows("SELECT * FROM notices WHERE isSent = 0").map(({ key, id, type, data }) => ({
      key: String(key),
      id: String(id),
      type: String(type),
      data: JSON.parse(String(data)),
    }));
  }

  markSent(key: string): void {
    this.rows("UPDATE notices SET isSent = 1 WHERE key = ?", key);
  }

  dropNotices(before: string): void {
    this.rows("DELETE FROM notices WHERE isSent = 1 AND id < ?", before);
  }

  hasRecord(id: string): boolean {
    return this.rows("SELECT 1 FROM records WHERE id = ?", id).length > 0;
  }

  addRecord(id: string, at: number): void {
    this.rows("INSERT OR IGNORE INTO records VALUES (?, ?)", id, at);
  }

  dropRecords(until: number): void {
    this.rows("DELETE FROM records WHERE at <= ?", until);
  }

  waiting(): string[] {
    return this.rows("SELECT holder FROM waiting").map(({ holder }) => String(holder));
  }

  addWaiting(holder: string): void {
    this.rows("INSERT OR IGNORE INTO waiting VALUES (?)", holder);
  }

  dropWaiting(holder?: string): void {
    if (holder === undefined) this.rows("DELETE FROM waiting");
    else this.rows("DELETE FROM waiting WHERE holder = ?", holder);
  }

  workspaceVersion(): number {
    return this.storage.kv.get<number>("version") ?? 0;
  }

  saveWorkspaceVersion(version: number): void {
    this.storage.kv.put("version", version);
  }

  atomically(write: () => void): void {
    this.storage.transactionSync(write);
  }
}
