import { z } from "@hono/zod-openapi";
import type { Trashed } from "../../content/trash/find.ts";
import { WhoSchema } from "../../content/versions/contract.ts";
import type { Who } from "../../content/versions/who.ts";
import { PostSchema } from "../posts/contract.ts";
import { IdParam, InstantSchema, instant } from "../replies.ts";

export const TrashedPostSchema = z
  .object({
    id: z.int().meta({ example: 1, description: "The id it had, and has again" }),
    type: z.string().meta({ example: "post", description: "What it is: post; others may follow" }),
    title: z.string(),
    site_id: z.string().nullable(),
    version: z.int().meta({ description: "Its last version" }),
    deleted_by: WhoSchema.nullable().register(z.globalRegistry, { description: "Whoever deleted it" }),
    deleted_at: InstantSchema.meta({ description: "When it was deleted" }),
    purge_at: InstantSchema.meta({ description: "Until when it can be restored; then it is gone" }),
  })
  .openapi("TrashedPost");

/** With the post as it was. */
export const WholeTrashedPostSchema = z
  .object({ ...TrashedPostSchema.shape, post: PostSchema })
  .openapi("WholeTrashedPost");

export const EmptiedSchema = z.object({
  purged: z.int().meta({ description: "How many posts are gone for good" }),
  remaining: z.int().meta({ description: "How many are left; call again until there are none" }),
});

export const TrashedPostParams = z.object({ trashedPostId: IdParam });

export const toTrashedPost = (row: Trashed, who: Who | null): z.output<typeof TrashedPostSchema> => ({
  id: Number(row.id),
  type: row.kind,
  title: row.title,
  site_id: row.siteId,
  version: row.version,
  deleted_by: who,
  deleted_at: instant(row.deletedAt),
  purge_at: instant(row.purgeAt),
});
