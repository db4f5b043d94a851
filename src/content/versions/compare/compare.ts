import { compareLists } from "./lists.ts";
import { Differ, shortened, type TextPart } from "./text.ts";

/** One thing that differs between two states. */
export interface Difference {
  /** `seo.title`, `blocks[1].props.title`. */
  path: string;
  change: "added" | "removed" | "changed" | "moved";
  /** The type of the block it is in. */
  type?: string;
  from?: number;
  to?: number;
  before?: unknown;
  after?: unknown;
  text?: TextPart[];
}

/** All that differs between two states. */
export interface Differences {
  /** The fields that differ, in their order. */
  fields: string[];
  changes: Difference[];
}

export interface Compared extends Differences {
  from: number;
  to: number;
}

type Shown = Record<string, unknown>;

/** More than anybody reads. */
const MAX_CHANGES = 1_000;
/** Characters of JSON up to which a value is shown beside what became of it. */
const MAX_SHOWN = 10_000;

/** What every state has another of, whatever was changed. */
const BESIDE = new Set(["version", "createdAt", "updatedAt", "created_at", "updated_at"]);

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isObject = (value: unknown): value is Shown =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const below = (path: string, name: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;

const shown = (name: "before" | "after", value: unknown) =>
  value !== undefined && JSON.stringify(value).length <= MAX_SHOWN ? { [name]: value } : {};

class Comparison {
  readonly changes: Difference[] = [];

  constructor(private readonly differ: Differ) {}

  private add(difference: Difference, type: string | undefined): void {
    if (this.changes.length < MAX_CHANGES) this.changes.push({ ...difference, ...(type !== undefined && { type }) });
  }

  values(path: string, before: unknown, after: unknown, type?: string): void {
    if (isEqual(before, after) || this.changes.length >= MAX_CHANGES) return;
    if (Array.isArray(before) && Array.isArray(after)) this.lists(path, before, after, type);
    else if (isObject(before) && isObject(after)) this.objects(path, before, after, type);
    else this.leaf(path, before, after, type);
  }

  private leaf(path: string, before: unknown, after: unknown, type: string | undefined): void {
    const change = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const areTexts = typeof before === "string" && typeof after === "string";
    const text = areTexts && { text: shortened(this.differ.parts(before, after)) };
    this.add({ path, change, ...shown("before", before), ...shown("after", after), ...text }, type);
  }

  private objects(path: string, before: Shown, after: Shown, type: string | undefined): void {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const name of names) this.values(below(path, name), before[name], after[name], type);
  }

  private lists(path: string, before: unknown[], after: unknown[], type: string | undefined): void {
    const entries = compareLists(this.differ, before, after);
    if (!entries) {
      this.leaf(path, before, after, type);
      return;
    }
    const typeOf = (entry: unknown) => (isObject(entry) && typeof entry.type === "string" ? entry.type : type);
    for (const from of entries.removed) {
      const value = before[from];
      this.add({ path: `${path}[${from}]`, change: "removed", from, ...shown("before", value) }, typeOf(value));
    }
    const places: [to: number, tell: () => void][] = [];
    for (const to of entries.added) {
      const difference = { path: `${path}[${to}]`, change: "added" as const, to, ...shown("after", after[to]) };
      places.push([to, () => this.add(difference, typeOf(after[to]))]);
    }
    for (const [from, to] of entries.moved) {
      const difference = { path: `${path}[${to}]`, change: "moved" as const, from, to };
      places.push([to, () => this.add(difference, typeOf(after[to]))]);
    }
    for (const [from, to] of [...entries.changed, ...entries.moved])
      places.push([to, () => this.values(`${path}[${to}]`, before[from], after[to], typeOf(after[to]))]);
    for (const [, tell] of places.sort(([a], [b]) => a - b)) tell();
  }
}

/** What differs between two states of a resource, as its GET shows them. */
export async function differences(before: Shown, after: Shown): Promise<Differences> {
  const comparison = new Comparison(await Differ.load());
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !BESIDE.has(name));
  const fields = names.filter((name) => {
    const known = comparison.changes.length;
    comparison.values(name, before[name], after[name]);
    return comparison.changes.length > known || (known >= MAX_CHANGES && !isEqual(before[name], after[name]));
  });
  return { fields, changes: comparison.changes };
}
