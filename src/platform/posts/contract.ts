import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../core/contract.ts";
import {
  line,
  LocaleSchema,
  MomentOrNullSchema,
  PublicationStatusSchema,
  SlugSchema,
  text,
} from "../../core/fields.ts";
import { InstantSchema, instant, instantOrNull } from "../replies.ts";
import type { posts } from "../../content/posts/table.ts";

const fields = {
  title: line(200).meta({ example: "Hello" }),
  slug: SlugSchema,
  excerpt: text(500).trim().meta({ maxLength: 500 }).nullable(),
  content: text(500_000),
  status: PublicationStatusSchema,
  tags: z.array(line(50)).max(30),
  site_id: text(64).nullable(),
  author_id: z.int().min(1).nullable(),
  locale: LocaleSchema.nullable().register(z.globalRegistry, {
    description: "The language of the website's blog it appears in; null for the website's own",
  }),
};

export const PostSchema = z
  .object({
    id: z.int().meta({ example: 1 }),
    ...fields,
    version: z.int(),
    published_at: InstantSchema.nullable(),
    created_at: InstantSchema,
    updated_at: InstantSchema,
  })
  .openapi("Post");

/** What is told of content from elsewhere. */
const told = {
  published_at: MomentOrNullSchema.meta({
    description: "When the post first became published; never in the future",
  }),
};

export const PostBodies = bodiesOf({
  label: "Post",
  fields: { ...fields, ...told },
  made: ["slug", "site_id", "published_at"],
  defaults: { excerpt: null, content: "", status: "draft", tags: [], author_id: null, locale: null },
  examples: {
    create: { title: "Hello", content: "<p>First post</p>", tags: ["news"] },
    update: { status: "published" },
  },
});

export type CreatePost = z.output<typeof PostBodies.create>;
export type UpdatePost = z.output<typeof PostBodies.update>;

export const toPost = (row: typeof posts.$inferSelect): z.output<typeof PostSchema> => ({
  id: row.id,
  title: row.title,
  slug: row.slug,
  excerpt: row.excerpt,
  content: row.content,
  status: row.status,
  tags: row.tags,
  site_id: row.siteId,
  author_id: row.authorId,
  locale: row.locale,
  version: row.version,
  published_at: instantOrNull(row.publishedAt),
  created_at: instant(row.createdAt),
  updated_at: instant(row.updatedAt),
});
