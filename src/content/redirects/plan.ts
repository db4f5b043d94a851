import type { InferSelectModel } from "drizzle-orm";
import { type Row, RowSchema } from "./contract.ts";
import type { SentRow } from "./csv.ts";
import { targetOf } from "./path.ts";
import { hostOf } from "./rules.ts";
import type { redirects } from "./table.ts";

export type Existing = Pick<InferSelectModel<typeof redirects>, "id" | "from" | "to" | "target" | "status" | "version">;

/** A row that can be carried out, if no other stands in its way. */
export interface Planned extends Row {
  row: number;
  target: string | null;
}

export interface RowError {
  row: number;
  field: string;
  message: string;
}

/** The rows that are redirects by themselves, each `from` once, and what is wrong with the others. */
export function readRows(sent: readonly SentRow[], ownHost: string | null): { rows: Planned[]; errors: RowError[] } {
  const errors: RowError[] = [];
  const rows = new Map<string, Planned>();
  for (const { row, ...fields } of sent) {
    const parsed = RowSchema.safeParse(fields);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        errors.push({ row, field: path.join(".") || "from", message });
      continue;
    }
    const { from, to } = parsed.data;
    const earlier = rows.get(from);
    if (earlier) errors.push({ row, field: "from", message: `is the same as in row ${earlier.row}` });
    else if (ownHost !== null && hostOf(to) === ownHost)
      errors.push({ row, field: "to", message: "is on the website's own domain: name its path alone" });
    else rows.set(from, { ...parsed.data, row, target: targetOf(to) });
  }
  return { rows: [...rows.values()], errors };
}

type Hop = Pick<Existing, "from" | "to" | "target">;

/** Redirects in a row that are followed to their end; longer ones are nobody's. */
const MAX_CHAIN = 20;

/** What a redirect leads to in the end, where others go on from there; `null` where they come back, or go on and on. */
function endOf(start: Hop, next: ReadonlyMap<string, Hop>): Hop | null {
  let at = start;
  for (let hops = 0; hops < MAX_CHAIN; hops += 1) {
    const following = at.target === null ? undefined : next.get(at.target);
    if (!following) return at;
    at = following;
  }
  return null;
}

interface Plan {
  rows: Planned[];
  errors: RowError[];
}

/** The rows as they are carried out if all of them are, and those that then cannot be. */
function planTogether(rows: readonly Planned[], existing: readonly Existing[]): Plan {
  const replaced = new Set(rows.map(({ from }) => from));
  const staying = existing.filter(({ from }) => !replaced.has(from));
  const next = new Map<string, Hop>([...staying, ...rows].map((it) => [it.from, it]));
  const leading = new Map(staying.flatMap((it) => (it.target === null ? [] : [[it.target, it.from]])));
  const errors: RowError[] = [];
  const planned = rows.flatMap((row): Planned[] => {
    const before = leading.get(row.from);
    const end = endOf(row, next);
    if (before !== undefined)
      errors.push({ row: row.row, field: "from", message: `is where ${before} leads: change that redirect first` });
    else if (end === null) errors.push({ row: row.row, field: "to", message: "leads back to a path that leads to it" });
    else return [{ ...row, to: end.to, target: end.target }];
    return [];
  });
  return { rows: planned, errors };
}

/** How often rows are looked at again because others have been left out: what one of them did is then not done. */
const MAX_ROUNDS = 20;

/**
 * What becomes of the rows beside what is there: a chain is shortened, so that each leads straight to where the last one
 * does; one that comes back to itself is left out, and so is one that others, which stay, lead to.
 */
export function planRows(rows: readonly Planned[], existing: readonly Existing[]): Plan {
  const errors: RowError[] = [];
  let left = rows;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const plan = planTogether(left, existing);
    errors.push(...plan.errors);
    if (plan.errors.length === 0) return { rows: plan.rows, errors };
    const refused = new Set(plan.errors.map(({ row }) => row));
    left = left.filter(({ row }) => !refused.has(row));
  }
  const message = "hangs together with too many rows that were left out";
  return { rows: [], errors: [...errors, ...left.map(({ row }) => ({ row, field: "to", message }))] };
}
