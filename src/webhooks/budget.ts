import type { Runtime } from "../core/runtime.ts";

/** A Worker may hold this many connections at a time (docs/platform.md); what is beyond would wait with its clock running. */
export const CONNECTIONS = 6;

/** Statements the database takes from one invocation are 1,000 (docs/platform.md); what is under way may need the rest. */
const STATEMENTS = 800;

/** Nothing is begun later: an attempt takes fifteen seconds, and is to be recorded before a lease, or the invocation, ends. */
const START_WITHIN_MS = 10_000;

/** What one invocation may use of connections, statements and time. */
export class InvocationBudget {
  private freeConnections = CONNECTIONS;
  private statements = STATEMENTS;
  private readonly until: number;

  constructor(private readonly runtime: Pick<Runtime, "now">) {
    this.until = runtime.now() + START_WITHIN_MS;
  }

  /** Counts statements; work that has not begun when they are used up is left to another invocation. */
  spendStatements(count: number): void {
    this.statements -= count;
  }

  /** Whether it is too late to begin anything. */
  get isOver(): boolean {
    return this.runtime.now() >= this.until;
  }

  /** Whether what is not begun is left to another invocation. */
  get isSpent(): boolean {
    return this.statements <= 0 || this.isOver;
  }

  /** Takes a connection, if one is free. */
  tryConnect(): boolean {
    if (this.freeConnections === 0) return false;
    this.freeConnections -= 1;
    return true;
  }

  disconnect(): void {
    this.freeConnections += 1;
  }
}
