import type { z } from "@hono/zod-openapi";
import { redact } from "../../core/keys/attributes.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Counter } from "../../core/storage/counter.ts";
import type { CursorPage } from "../../core/storage/list.ts";
import type { ExpectedVersions } from "../../core/storage/version.ts";
import type { ItemTable, RowOf } from "./columns.ts";
import { shownBy } from "./contract.ts";
import type { Declaration } from "./declaration.ts";
import type { ItemEvents } from "./events.ts";
import { belowOf, findItem } from "./find.ts";
import { listItems } from "./list.ts";
import type { Trashed } from "../trash/find.ts";
import type { Restoring } from "../versions/endpoints.ts";
import { recoverItem, restoreItem } from "./restore.ts";
import { announce, changeItem, createItem, removeItem, updateItem } from "./write.ts";

interface Call<Input> {
  ctx: Ctx;
  input: Input;
}

interface Named {
  siteId: string;
  /** What it stands below, where a path names that. */
  parent?: string | undefined;
  id: string;
}

interface Changing extends Named {
  /** If-Match. */
  expectedVersions?: ExpectedVersions;
}

/** What can be done with a resource, whoever asks: endpoints, item tables, tools, jobs, the demo. */
export interface Verbs<Item, Query, Create, Update> {
  list(at: Call<{ siteId: string; parent?: string | undefined; query: Query }>): Promise<{
    items: Item[];
    pagination: CursorPage<unknown>["pagination"];
  }>;
  get(at: Call<Named>): Promise<Item>;
  create(at: Call<{ siteId: string; body: Create }>): Promise<Item>;
  update(at: Call<Changing & { changes: Update }>): Promise<Item>;
  remove(at: Call<Changing>): Promise<void>;
  /** Of what keeps versions: makes an earlier one the next. */
  restore(at: Call<Restoring>): Promise<Item>;
  /** Of what keeps versions: brings it back from the trash. */
  recover(at: Call<{ trashed: Trashed; changes: object }>): Promise<Item>;
}

/** The verbs of a declaration. What they answer is what the caller may see of it. */
export function verbsOf<
  Table extends ItemTable,
  Schema extends z.ZodObject,
  Query extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
>(
  declared: Declaration<Table, Schema, Query, Create, Update>,
  { events, counter }: { events: ItemEvents; counter: Counter<string | number> },
): Verbs<z.output<Schema>, z.output<Query>, z.output<Create>, z.output<Update>> & {
  show(ctx: Ctx, row: RowOf<Table>): z.output<Schema>;
  /** Stages a change that no PATCH could ask for, as a PATCH does: with its events and what follows. */
  change(ctx: Ctx, before: RowOf<Table>, own: Partial<RowOf<Table>>): Promise<RowOf<Table>>;
  /** Of a row that a verb of the resource's own has staged: tells who listens, and answers it as the caller may see it. */
  announce(
    ctx: Ctx,
    verb: "created" | "updated",
    states: { row: RowOf<Table>; before?: RowOf<Table> },
  ): z.output<Schema>;
} {
  const whole = shownBy(declared.schema);
  const show = (ctx: Ctx, row: RowOf<Table>) => redact(ctx.caller, declared.name, whole(row as never));
  const written = {
    ...declared,
    events,
    turns: declared.events?.turns,
    show: (row: RowOf<Table>) => whole(row as never),
  } as never;
  const listed = { ...declared, counter } as never;
  return {
    show,
    change: (ctx, before, own) => changeItem<Table>(ctx, written, before, { own, sent: own }),
    announce(ctx, verb, states) {
      announce<Table>(ctx, written, verb, states);
      return show(ctx, states.row);
    },
    list: async ({ ctx, input: { siteId, parent, query } }) => {
      const { rows, pagination } = await listItems<Table>(ctx, listed, siteId, query as never, parent);
      return { items: rows.map((row) => show(ctx, row)), pagination };
    },
    get: async ({ ctx, input }) => show(ctx, await findItem(ctx, declared, input, belowOf(declared, input.parent))),
    create: async ({ ctx, input }) => show(ctx, await createItem<Table>(ctx, written, input as never)),
    update: async ({ ctx, input }) => show(ctx, await updateItem<Table>(ctx, written, input as never)),
    remove: ({ ctx, input }) => removeItem<Table>(ctx, written, input),
    restore: async ({ ctx, input }) => show(ctx, await restoreItem<Table>(ctx, written, input)),
    recover: async ({ ctx, input }) => show(ctx, await recoverItem<Table>(ctx, written, input)),
  };
}
