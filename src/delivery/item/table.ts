import type { z } from "@hono/zod-openapi";
import type { Scope } from "../../core/keys/scopes.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import type { ExpectedVersions } from "../../core/storage/version.ts";

type Item = Record<string, unknown>;

export type ItemVerb = "read" | "write" | "delete";

/** What a call says besides its body. */
export interface Target {
  siteId: string;
  /** Whether the call says so itself, beyond what its key can mean. */
  isSiteNamed: boolean;
  id: string;
  expectedVersions: ExpectedVersions;
}

/**
 * One table of the item endpoint: the same services, rules and events as the other surfaces', under one address
 * (document 004). A verb that is missing is answered 405.
 */
export interface ItemTable {
  scopes: { read: Scope; write: Scope; delete: Scope };
  /** The verbs that are open to keys of access type `integrations`: those that are on the other surfaces. */
  integrations: readonly ItemVerb[];
  /** How its items are shown; the keys are what `fields` of a list may name. */
  schema: z.ZodObject;
  /** Names a list of it understands. */
  list?: {
    sorts: string[];
    statuses: readonly string[];
    isSearchable: boolean;
    source: (ctx: Ctx, siteId: string, query: { status?: string }) => NumberedSource;
    toWire: (ctx: Ctx, row: never) => Item;
  };
  /** An item, or where a table has no list its only one. */
  get(ctx: Ctx, target: Target): Promise<Item>;
  create?: { schema: z.ZodType; run(ctx: Ctx, siteId: string, body: never): Promise<Item> };
  update?: { schema: z.ZodType; run(ctx: Ctx, target: Target, body: never): Promise<Item> };
  remove?(ctx: Ctx, target: Target): Promise<void>;
}
