import type { z } from "@hono/zod-openapi";
import { searched } from "../../core/storage/folded.ts";
import type { ItemTable } from "./columns.ts";
import type { Declaration } from "./declaration.ts";
import { endpointsOf } from "./endpoints.ts";
import { eventsOf } from "./events.ts";
import { counterOf } from "./list.ts";
import { versionEndpoints } from "../versions/endpoints.ts";
import { verbsOf } from "./verbs.ts";
import { versionedOf } from "./versions.ts";

/** Declares a resource below a site; its endpoints, verbs and events follow. It belongs into the list in `content/resources.ts`. */
export function siteResource<
  Table extends ItemTable,
  Schema extends z.ZodObject,
  Query extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
>(declared: Declaration<Table, Schema, Query, Create, Update>) {
  searched(declared.table as ItemTable, [...Object.values(declared.list.orders), ...(declared.list.search ?? [])]);
  const events = eventsOf(declared);
  const counter = counterOf(declared as never);
  const verbs = verbsOf(declared, { events, counter });
  const versioned = versionedOf(declared as never, verbs as never);
  const routes = [...endpointsOf(declared as never, verbs as never), ...(versioned ? versionEndpoints(versioned) : [])];
  return { ...declared, counter, events, turns: declared.events?.turns, verbs, versioned, routes };
}

/** Any resource, for what treats all of them alike. */
export type SiteResource = ReturnType<typeof siteResource<ItemTable, z.ZodObject, z.ZodType, z.ZodType, z.ZodType>>;
