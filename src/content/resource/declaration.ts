import type { z } from "@hono/zod-openapi";
import type { InferSelectModel, SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { SearchedColumn } from "../../core/storage/folded.ts";
import type { ReadScope } from "../../core/keys/reader.ts";
import type { Scope } from "../../core/keys/scopes.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { ErrorCode } from "../../core/errors.ts";
import type { sites } from "../../core/tenancy/sites/table.ts";
import type { ItemTable, OwnColumns, RowOf } from "./columns.ts";

type StandardField = "id" | "siteId" | "version" | "createdAt" | "updatedAt";

export type Verb = "created" | "updated" | "deleted";

/** What the rows of a list can be told apart by and are counted by: a status, or whether something is active. */
export interface State {
  column: SQLiteColumn;
  /** The query parameter of `/v1` that asks for one of them. */
  parameter: string;
  /** Stored values by their names on `/v1`, and on `/api/backend/item`, where the parameter is `status`. */
  values: Record<string, string | boolean>;
  itemValues: Record<string, string | boolean>;
}

/** What items stand below. */
export interface Within {
  /** The parameter of the path that names it: `formId` of `/forms/{formId}/submissions`. */
  parameter: string;
  /** The column that holds it. */
  column: SQLiteColumn;
  /** Throws `not_found` for what is not there. */
  require(at: { ctx: Ctx; siteId: string; id: string }): Promise<void>;
  /** How many items there are below it, kept by triggers: all of them, or those in one state. */
  count(siteId: string, id: string, state: string | undefined): SQL;
}

/** Something that a row becomes: new, changed, restored, or back from the trash. */
export interface Turn<Row, Item = object> {
  /** What is different in its sample. */
  sample: Partial<Item>;
  /** Whether a row is it; told again when it is so by another number than before, such as an amount that grows. */
  isNow(row: Row): boolean | number;
}

/** The words and rules of one endpoint that do not follow from the resource. */
interface Described {
  description?: string;
  errors?: ErrorCode[];
}

/**
 * Everything the product knows of a kind of thing a site has. Its endpoints, verbs, table, events and generated tests
 * follow from this; `rules.ts` beside it holds what is the resource's own.
 */
export interface Declaration<
  Table extends ItemTable,
  Schema extends z.ZodObject,
  Query extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
> {
  /** As events, the audit log, parameters and personal attributes name it: `product`. */
  name: string;
  /** As errors and schemas name it: `Product`. */
  label: string;
  /** What a 404 calls one, where the label is no word: `Table`. */
  called?: string;
  /** `a product`; `an order` where the first sound wants it. */
  article?: "a" | "an";
  /** Of the label, where an `s` does not make it: operations are called by it. */
  plural?: string;
  /** What one and several of them are called in a sentence, where that is not the name. */
  words?: { one: string; many: string };
  /** The group of the description it belongs to. */
  tag: string;
  scopes: { read: ReadScope; write: Scope };
  /** Open to keys of access type `integrations`. */
  integrations: boolean;
  /** Below the site: `/shop/products`. */
  path: string;
  /** Set of what stands below another thing of the site, which its path names as a parameter. */
  within?: Within;
  /** `prod` gives ids `prod_…`; no other resource has it. */
  idPrefix: string;
  table: Table;
  schema: Schema;
  /** Fields a key of access type `integrations` may be kept from seeing (document 003). */
  personal?: readonly string[];
  /** Fields that the audit log does not keep: they are gone when the item is. */
  unkept?: readonly string[];
  /** What is announced of it, to those who hold its read scope; the audit log hears of everything. */
  events?: {
    /** What events are called by, where that is not the name. */
    noun?: string;
    /** A made-up item, less what every item has. */
    sample: Omit<z.output<Schema>, StandardField>;
    /** What happens to it, each with what is different in its sample. */
    verbs: Partial<Record<Verb, Partial<z.output<Schema>>>>;
    /** What is told besides, by verb, of a row that has become something it was not. */
    turns?: Record<string, Turn<RowOf<Table>, z.output<Schema>>>;
  };
  list: {
    query: Query;
    /** Where it is, where the resource's path answers something else without an id. */
    path?: string;
    /** What `orderBy` names; the first is the order without it. Each needs an index that begins with the site; of a text, on its `foldedText`. */
    orders: Record<string, SQLiteColumn>;
    state?: State;
    /** Parameters that ask for one value of a column. Their totals are counted when asked for. */
    filters?: Record<string, SQLiteColumn>;
    /** Parameters that no column alone is the answer to, such as a span of time; the order they are listed in, where they need one. */
    narrowed?(at: { site: SiteRow; query: z.output<Query> }): Promise<{ where: SQL; orderBy?: string } | null>;
    /** Parameters that bound a column: `least` includes what is asked for, `below` does not. */
    ranges?: Record<string, { column: SQLiteColumn; is: "least" | "below" }>;
    /**
     * What `search` looks into, whatever the case and the accents: texts that contain it, numbers that are it, personal
     * fields for who may see them. Orders and filters by these texts compare them in the same way.
     */
    search?: readonly SearchedColumn[];
  };
  create?: Described & {
    schema: Create;
    /** The resource's own columns of a new row. */
    columns(at: {
      ctx: Ctx;
      site: SiteRow;
      id: string;
      body: z.output<Create>;
    }): Promise<OwnColumns<Table>> | OwnColumns<Table>;
    /** Turns the published example into the body of one more call: ids of other resources, values that are unique. */
    example?(ids: Record<string, string>, nth: number): object;
  };
  update?: Described & {
    schema: Update;
    columns(at: {
      ctx: Ctx;
      before: RowOf<Table>;
      changes: z.output<Update>;
    }): Promise<Partial<OwnColumns<Table>>> | Partial<OwnColumns<Table>>;
  };
  /** What else a change brings about, staged in its commit. */
  follow?(at: { ctx: Ctx; before: RowOf<Table>; row: RowOf<Table> }): Promise<void>;
  remove?: Described;
  /** Every change keeps the version before it, and what is deleted goes to the trash. */
  versions?: boolean;
  /** Rows as they are at this moment, where time by itself changes what they say: what is shown, and what a change begins from. */
  current?(at: { ctx: Ctx; rows: RowOf<Table>[] }): Promise<RowOf<Table>[]>;
  /** Stages what goes along with a new, changed or deleted row, after it. */
  beside?(at: { ctx: Ctx; verb: Verb; row: RowOf<Table> }): void;
  /** What a restored version has as it is now, whatever it was then: what orders move, such as stock. */
  lasting?(at: { before: RowOf<Table>; was: RowOf<Table> }): Partial<OwnColumns<Table>>;
  /** What holds of a row as a whole, new or changed; `before` is `null` for a new one, `sent` what the caller has named. */
  check?(at: { ctx: Ctx; row: RowOf<Table>; before: RowOf<Table> | null; sent: object }): void;
  /**
   * Archives have every resource, as its GET shows it. `also` names columns that nobody is shown and that a copy needs,
   * with what may stand in them; `made` gives those that follow from the others; `alone` stores each by itself, where the
   * rules compare it with the others; `earlier` is what fields are in archives from before there were any, `fromEarlier` what a
   * record of such an archive is now, where that depends on the others; `ofPeople` is of what belongs to people though it
   * has no personal fields; `folder` is called otherwise than the end of its path; `false` leaves the resource out.
   */
  archived?:
    | {
        also?: z.ZodRawShape;
        alone?: true;
        earlier?: Partial<z.output<Schema>>;
        fromEarlier?(record: Record<string, unknown>): Record<string, unknown>;
        ofPeople?: true;
        folder?: string;
        made?(record: z.output<Schema>, ctx: Ctx): Partial<OwnColumns<Table>>;
      }
    | false;
  /** Its table on `/api/backend/item` (document 004), where it has one. */
  item?: string;
}

export type SiteRow = InferSelectModel<typeof sites>;

/** A status of its own on both surfaces. */
export const byStatus = (column: SQLiteColumn, statuses: readonly string[]): State => {
  const values = Object.fromEntries(statuses.map((it) => [it, it]));
  return { column, parameter: "status", values, itemValues: values };
};

/** Something that is active or is not. */
export const byActive = (column: SQLiteColumn): State => ({
  column,
  parameter: "active",
  values: { true: true, false: false },
  itemValues: { active: true, inactive: false },
});
