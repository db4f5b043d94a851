import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { checkConformance } from "./conformance.ts";
import { type Answer, answerOf, type CallInit, requestOf } from "./fixtures.ts";

/** What a request asked of the database: statements sent, and the rows D1 bills for reading and for writing. */
export interface Cost {
  queries: number;
  rowsRead: number;
  rowsWritten: number;
}

/** Calls the app with another environment than the Worker's own: a counting, failing or talkative one. */
export async function callWith(own: Partial<Env>, method: string, path: string, init: CallInit = {}): Promise<Answer> {
  const ctx = createExecutionContext();
  const response = await app.fetch(requestOf(method, path, init), { ...env, ...own }, ctx);
  const answer = await answerOf(response);
  await waitOnExecutionContext(ctx);
  checkConformance(method, path, answer);
  return answer;
}

/** A call together with what it cost. Reads of the key's own object are its own and not counted. */
export async function measured(method: string, path: string, init: CallInit): Promise<Answer & { cost: Cost }> {
  const cost: Cost = { queries: 0, rowsRead: 0, rowsWritten: 0 };
  const answer = await callWith({ DB: counting(env.DB, cost) }, method, path, init);
  return { ...answer, cost };
}

/** What something asks of the database it is given. */
export async function costOf(act: (own: Env) => Promise<unknown>): Promise<Cost> {
  const cost: Cost = { queries: 0, rowsRead: 0, rowsWritten: 0 };
  await act({ ...env, DB: counting(env.DB, cost) });
  return cost;
}

const originals = new WeakMap<object, D1PreparedStatement>();

function counting(db: D1Database, cost: Cost): D1Database {
  const note = <T extends D1Result>(result: T): T => {
    cost.queries += 1;
    cost.rowsRead += result.meta.rows_read;
    cost.rowsWritten += result.meta.rows_written;
    return result;
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async () => note(await statement.all());
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all,
      run: all,
      // Only `all` tells what was read.
      raw: async () => (await all()).results.map((row) => Object.values(row as object)),
      first: async () => (await all()).results[0] ?? null,
    } as unknown as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  return {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) =>
      (await db.batch(statements.map((it) => originals.get(it) ?? it))).map(note),
  } as unknown as D1Database;
}
