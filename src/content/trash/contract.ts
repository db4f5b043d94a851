import { z } from "@hono/zod-openapi";
import { TimestampSchema, timestamp } from "../../core/fields.ts";
import { listQuery, SearchSchema } from "../list-query.ts";
import { WhoSchema } from "../versions/contract.ts";
import type { Who } from "../versions/who.ts";
import type { Trashed } from "./find.ts";
import { TRASHED_KINDS } from "./kinds.ts";
import { pathParams } from "../../core/http/path-params.ts";

const KINDS = TRASHED_KINDS.map(({ kind }) => kind) as [string, ...string[]];

export const TrashedTypeSchema = z
  .enum(KINDS, `must be one of ${KINDS.join(", ")}`)
  .meta({ description: "Only things of this kind" });

const fields = {
  id: z.string().meta({ example: "page_01KAGW6PSZ0000000000000000", description: "The id it had, and has again" }),
  siteId: z.string(),
  type: z.string().meta({ example: "page", description: `What it is: ${KINDS.join(", ")}; others may follow` }),
  title: z.string(),
  version: z.int().meta({ description: "Its last version" }),
  deletedBy: WhoSchema.nullable().register(z.globalRegistry, { description: "Whoever deleted it" }),
  deletedAt: TimestampSchema.meta({ description: "When it was deleted" }),
  purgeAt: TimestampSchema.meta({ description: "Until when it can be restored; then it is gone" }),
};

export const TrashedItemSchema = z.object(fields).openapi("TrashedItem");

/** With the resource as it was: its own GET would have shown the same. */
export const WholeTrashedItemSchema = z
  .object({
    ...fields,
    resource: z
      .union(TRASHED_KINDS.map(({ schema }) => schema) as unknown as [z.ZodObject])
      .meta({ description: "What it was, as its own GET showed it" }),
  })
  .openapi("WholeTrashedItem");

export const RestoredSchema = z
  .union(TRASHED_KINDS.map(({ schema }) => schema) as unknown as [z.ZodObject])
  .meta({ description: "The resource, as its own GET shows it" });

/** What the kind's own schema checks. */
export const AnyChanges = z.record(z.string(), z.unknown());

export const TrashRestoringSchema = z
  .union(TRASHED_KINDS.map(({ restoring }) => restoring) as [z.ZodType])
  .openapi("RestoreFromTrash", {
    example: {},
    description:
      "Fields of the resource that are to be other than they were: where a slug is taken by now, another one",
  });

export const EmptiedSchema = z
  .object({
    purged: z.int().meta({ description: "How many things are gone for good" }),
    remaining: z.int().meta({ description: "How many are left; call again until there are none" }),
  })
  .openapi("EmptiedTrash");

export const TrashParams = pathParams("siteId");
export const TrashedParams = pathParams("siteId", "trashId");
export const ListTrashQuery = listQuery(["deletedAt"], {
  type: TrashedTypeSchema.optional(),
  search: SearchSchema.optional(),
});
export const EmptyTrashQuery = z.strictObject({ type: TrashedTypeSchema.optional() });

export const toTrashed = (row: Trashed, who: Who | null): z.output<typeof TrashedItemSchema> => ({
  id: row.id,
  siteId: row.siteId ?? "",
  type: row.kind,
  title: row.title,
  version: row.version,
  deletedBy: who,
  deletedAt: timestamp(row.deletedAt),
  purgeAt: timestamp(row.purgeAt),
});
