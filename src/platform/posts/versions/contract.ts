import { z } from "@hono/zod-openapi";
import { DifferenceSchema, VersionNameSchema, WhoSchema } from "../../../content/versions/contract.ts";
import type { Compared } from "../../../content/versions/compare/compare.ts";
import type { ToldHead } from "../../../content/versions/find.ts";
import { restoringBody } from "../../../content/versions/restoring.ts";
import { IdParam, InstantSchema, instant, instantOrNull } from "../../replies.ts";
import { PostBodies, PostSchema } from "../contract.ts";

/** A field as the wire names it: `siteId` is `site_id`. */
const wireName = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const PostVersionSchema = z
  .object({
    version: z.int().meta({ example: 3, description: "Its number: the `version` that the post had" }),
    changed_fields: z.array(z.string()).meta({
      example: ["title"],
      description: "The fields that differ from the version before; none for the first",
    }),
    changed_by: WhoSchema.nullable().register(z.globalRegistry, {
      description: "Whoever made it; null from before that was noted",
    }),
    changed_at: InstantSchema.meta({ description: "When it was made" }),
    replaced_at: InstantSchema.nullable().register(z.globalRegistry, {
      description: "When the next one took its place; null for the current version",
    }),
    restored_from: z.int().nullable().register(z.globalRegistry, {
      description: "The version it brought back; null for any other change",
    }),
    size: z.int().meta({ description: "What it takes, in bytes" }),
  })
  .openapi("PostVersion");

export const WholePostVersionSchema = z
  .object({ ...PostVersionSchema.shape, post: PostSchema })
  .openapi("WholePostVersion");

export const toPostVersion = ({ change, ...head }: ToldHead): z.output<typeof PostVersionSchema> => ({
  version: head.version,
  changed_fields: (change?.fields ?? []).map(wireName),
  changed_by: head.who,
  changed_at: instant(head.changedAt),
  replaced_at: instantOrNull(head.replacedAt),
  restored_from: change?.restored ?? null,
  size: head.size,
});

export const PostComparisonSchema = z
  .object({
    from: z.int().meta({ description: "The version that is compared" }),
    to: z.int().meta({ description: "The version it is compared with" }),
    changed_fields: z.array(z.string()).meta({ description: "The fields that differ", example: ["title"] }),
    changes: z.array(DifferenceSchema).meta({ description: "All that differs" }),
  })
  .openapi("PostComparison");

export const toPostComparison = ({ fields, ...rest }: Compared): z.output<typeof PostComparisonSchema> => ({
  ...rest,
  changed_fields: fields,
});

export const PostParams = z.object({ postId: IdParam });
export const PostVersionParams = z.object({ postId: IdParam, version: VersionNameSchema });

/** What can be told of a post that is restored: what a PATCH can change. */
export const RestorePostSchema = restoringBody("Post", PostBodies.update.shape, { slug: "hello-2" });
