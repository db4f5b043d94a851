import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { ConcurrentChange, DomainError, unavailable } from "../errors.ts";
import { emitted } from "../events/audience.ts";
import { eventOf, readableOf } from "../events/catalogue.ts";
import type { DeclaredEvent } from "../events/define.ts";
import { fanOut, type Given, handOver, type Idle, idleOf } from "../events/fan-out.ts";
import { slicesOf } from "../events/slices.ts";
import { idMoment, idsOfMoment, newId } from "../ids.ts";
import { isDefect, uniqueName, violatedGuard, violatedUnique } from "../storage/constraints.ts";
import { commitGuards } from "../storage/counts.ts";
import type { Database } from "../storage/database.ts";
import { insertSelect } from "../storage/names.ts";
import type { Tenanted } from "../storage/scoped.ts";
import { runBatch, type Statement } from "../storage/statements.ts";
import { auditLog, events } from "../storage/tables.ts";

/** Told about a commit before and after it, whatever comes of it; key objects learn of changes this way. */
export interface CommitListener {
  before(): Promise<void>;
  after(): Promise<void>;
}

const NOTHING = async (): Promise<void> => {};

/** A listener that cannot be reached makes the call fail as any dependency does. */
async function told(telling: Promise<void>): Promise<void> {
  try {
    await telling;
  } catch (error) {
    throw error instanceof DomainError ? error : Object.assign(unavailable(), { cause: error });
  }
}

export interface Actor {
  caller: Tenanted["caller"] & { actor: string };
  now: number;
  ip: string;
  requestId: string;
  /** Told after a commit which webhook endpoints have something due. What it fails to do, the sweep does. */
  wake(idle: Idle): Promise<void> | void;
}

/**
 * The writes of one request: staged by services, committed once as one D1 batch, which is a transaction.
 * Rows, events, audit entries and the idempotency record all happen or none does.
 */
export class UnitOfWork {
  private statements: Statement[] = [];
  private guards: { query: SQL; error: (found: string) => Error }[] = [];
  private uniques = new Map<string, Error>();
  private listeners: CommitListener[] = [];
  /** Staged statements that answer the endpoints they gave something to deliver. */
  private fanOuts = new Set<Statement>();

  constructor(
    private readonly db: Database,
    private readonly actor: Actor,
  ) {}

  get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  /** Whether others are told about the commit before and after it. */
  get isAnnounced(): boolean {
    return this.listeners.some(({ before }) => before !== NOTHING);
  }

  /** Adds statements, run in this order. */
  stage(...statements: Statement[]): void {
    this.statements.push(...statements);
  }

  /** Aborts the commit with `error` unless the SQL condition holds at that moment, whatever happened since it was read. */
  require(condition: SQL, error: Error = new ConcurrentChange()): void {
    this.guards.push({ query: sql`SELECT '' AS found WHERE NOT (${condition})`, error: () => error });
  }

  /**
   * Aborts the commit when a query finds a row at that moment. `error` makes an answer of what its first row says as `found`:
   * letters, digits and commas.
   */
  requireNone(query: SQL, error: (found: string) => Error): void {
    this.guards.push({ query, error });
  }

  /** The answer when the commit hits the UNIQUE index of these columns. */
  onDuplicate(columns: readonly SQLiteColumn[], error: DomainError | ConcurrentChange): void {
    this.uniques.set(uniqueName(columns), error);
  }

  /** One that has nothing to be told before it is no announcement: it costs no try. */
  onCommit(listener: Pick<CommitListener, "after"> & Partial<CommitListener>): void {
    this.listeners.push({ before: NOTHING, ...listener });
  }

  /** Announces what happened; `data` is the resource as its GET returns it. Throws for an event that is not registered. */
  emit<Data>(
    event: DeclaredEvent<Data>,
    data: NoInfer<Data>,
    siteId: string | null = null,
    id = newId("evt", this.actor.now),
  ): void {
    const { caller, now } = this.actor;
    const declared = eventOf(event.type);
    const { type } = declared;
    const { workspaceId, environment } = caller;
    this.stage(this.db.insert(events).values({ id, workspaceId, environment, siteId, type, data, createdAt: now }));
    this.deliver(declared, eq(emitted.id, id));
  }

  /**
   * Announces what a statement finds: an event for each row of `from` (FROM and WHERE), with the row's `data` as JSON.
   * `id` makes the row's event id of the moment (`idMoment`) and something no two rows share; `atMost` is how many rows are
   * expected, by which the statements that hand them over are cut.
   */
  emitEach(
    event: DeclaredEvent,
    siteId: string,
    { id, data, from, atMost }: { id(moment: string): SQL; data: SQLWrapper; from: SQL; atMost: number },
  ): void {
    const { caller, now } = this.actor;
    const { workspaceId, environment } = caller;
    const declared = eventOf(event.type);
    const { type } = declared;
    const moment = idMoment("evt", now);
    const row = { id: id(moment), workspaceId, environment, siteId, type, data, createdAt: now };
    this.stage(insertSelect(events, row, from));
    const isOfThese = and(idsOfMoment(emitted.id, moment), eq(emitted.siteId, siteId), eq(emitted.type, type)) as SQL;
    // Every one of them has the same endpoints: the last one tells which those are.
    const [last, ...others] = slicesOf(atMost);
    this.deliver(declared, and(isOfThese, last) as SQL);
    for (const slice of others) this.stage(handOver(declared, and(isOfThese, slice) as SQL, now));
  }

  /** Hands staged events, those that meet a condition on `emitted`, to the endpoints subscribed to them. */
  private deliver(event: DeclaredEvent, condition: SQL): void {
    this.stageFanOut(fanOut(event, condition, this.actor.now));
  }

  /** Stages a statement that makes deliveries due and ends in `RETURNING_GIVEN`; those endpoints are woken after the commit. */
  stageFanOut(statement: SQL): void {
    this.stage(statement);
    this.fanOuts.add(statement);
  }

  /** Writes an entry of the audit log. Who may see `before` and `after` follows from the target's type (`readableOf`). */
  audit(action: string, target: { type: string; id: string | number; before?: unknown; after?: unknown }): void {
    const { caller, now, ip, requestId } = this.actor;
    readableOf(target.type);
    this.stage(
      this.db.insert(auditLog).values({
        workspaceId: caller.workspaceId,
        environment: caller.environment,
        actor: caller.actor,
        action,
        targetType: target.type,
        targetId: String(target.id),
        before: target.before ?? null,
        after: target.after ?? null,
        ip,
        requestId,
        createdAt: now,
      }),
    );
  }

  /** Runs everything staged, or nothing. Throws the error of the guard or index that said no. */
  async commit(): Promise<void> {
    if (this.isEmpty) return;
    const guards = this.guards.map(({ query }, index) =>
      insertSelect(commitGuards, { code: sql`${`guard:${index}:`} || found` }, sql`FROM (${query}) LIMIT 1`),
    );
    for (const listener of this.listeners) await told(listener.before());
    let results: D1Result[];
    try {
      results = (await runBatch(this.db, [...guards, ...this.statements])).slice(guards.length);
    } catch (error) {
      throw this.explain(error);
    } finally {
      for (const listener of this.listeners) await told(listener.after());
    }
    const given = this.statements.flatMap((statement, index) =>
      this.fanOuts.has(statement) ? (results[index]?.results as Given[]) : [],
    );
    if (given.length > 0) await this.actor.wake(idleOf(given, this.actor.now));
  }

  private explain(error: unknown): unknown {
    const violated = violatedGuard(error);
    if (violated) return this.guards[violated.guard]?.error(violated.found) ?? error;
    const columns = violatedUnique(error);
    const expected = columns === null ? undefined : this.uniques.get(columns);
    return expected ?? (isDefect(error) ? error : Object.assign(unavailable(), { cause: error }));
  }

  /** Forgets everything staged, before an operation is run again. */
  reset(): void {
    this.statements = [];
    this.guards = [];
    this.uniques = new Map();
    this.listeners = [];
    this.fanOuts = new Set();
  }
}
