/** Rows a piece of work read and wrote, as D1 bills them. */
export interface Rows {
  read: number;
  written: number;
}

type Result = D1Result<unknown>;

const RUNNERS = new Set(["all", "run", "raw", "first"]);

/** A statement whose outcome is handed on to `seen`; `raw` and `first` are run as `all`, which reports its rows. */
function watched(statement: D1PreparedStatement, seen: (result: Result) => void): D1PreparedStatement {
  return new Proxy(statement, {
    get(target, name) {
      if (name === "bind") return (...values: unknown[]) => watched(target.bind(...values), seen);
      if (name === "original") return target;
      if (typeof name !== "string" || !RUNNERS.has(name)) return Reflect.get(target, name);
      return async (column?: unknown) => {
        const result = await target.all<Record<string, unknown>>();
        seen(result as Result);
        if (name === "first") {
          const row = result.results[0] ?? null;
          return typeof column === "string" ? (row?.[column] ?? null) : row;
        }
        return name === "raw" ? result.results.map((row) => Object.values(row)) : result;
      };
    },
  });
}

/** The database, with every row it reads and writes added to `rows`. */
export function countingDatabase(db: D1Database, rows: Rows): D1Database {
  const seen = ({ meta }: Result) => {
    rows.read += meta.rows_read;
    rows.written += meta.rows_written;
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => watched(target.prepare(sql), seen);
      if (name !== "batch") return Reflect.get(target, name);
      return async (statements: { original: D1PreparedStatement }[]) => {
        const results = await target.batch(statements.map((it) => it.original));
        results.forEach(seen);
        return results;
      };
    },
  });
}

/** The database, failing with `message` at every statement that `fails` picks; single ones and those of batches. */
export function failingDatabase(db: D1Database, fails: (sql: string) => boolean, message: string): D1Database {
  const broken = async () => {
    throw new Error(`D1_ERROR: ${message}`);
  };
  const statement = (sql: string): D1PreparedStatement => {
    const wrap = (inner: D1PreparedStatement): D1PreparedStatement =>
      new Proxy(inner, {
        get(target, name) {
          if (name === "bind") return (...values: unknown[]) => wrap(target.bind(...values));
          if (name === "original") return target;
          if (name === "sql") return sql;
          if (typeof name === "string" && RUNNERS.has(name) && fails(sql)) return broken;
          const value = Reflect.get(target, name);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    return wrap(db.prepare(sql));
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === "prepare") return statement;
      if (name !== "batch") return Reflect.get(target, name);
      return async (statements: { original: D1PreparedStatement; sql: string }[]) =>
        statements.some((it) => fails(it.sql)) ? broken() : target.batch(statements.map((it) => it.original));
    },
  });
}
