/**
 * A Worker may hold this many connections at a time (docs/platform.md); what is beyond would wait with its clock
 * running.
 */
const CONNECTIONS = 6;

/**
 * Statements the database takes from one invocation are 1,000 (docs/platform.md); what is under way may need the rest.
 */
const STATEMENTS = 800;

/**
 * What one invocation may use of connections and statements. Work waits for a free connection before its time starts to
 * count.
 */
export class InvocationBudget {
  private freeConnections = CONNECTIONS;
  private statements = STATEMENTS;
  private readonly waiting: (() => void)[] = [];

  /** Counts statements; work that has not begun when they are used up is left to another invocation. */
  spendStatements(count: number): void {
    this.statements -= count;
  }

  get isSpent(): boolean {
    return this.statements <= 0;
  }

  async withConnection<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.freeConnections > 0) this.freeConnections -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.freeConnections += 1;
    }
  }
}
