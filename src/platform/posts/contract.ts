import { z } from "@hono/zod-openapi";
import { line } from "../../core/fields.ts";
import { InstantSchema, instant, instantOrNull } from "../replies.ts";
import type { posts } from "../../content/posts/table.ts";

export const POST_STATUSES = ["draft", "published", "archived"] as const;

const fields = {
  title: line(200, "The title field is required.").openapi({ example: "Hello" }),
  slug: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "may hold only lower-case letters, digits and single hyphens between them"),
  excerpt: z.string().trim().max(500).nullable(),
  content: z.string().max(500_000),
  status: z.enum(POST_STATUSES, "must be draft, published or archived"),
  tags: z.array(z.string().trim().min(1).max(50)).max(30),
  site_id: z.string().max(64).nullable(),
  author_id: z.int().nullable(),
};

export const PostSchema = z
  .object({
    id: z.int().openapi({ example: 1 }),
    ...fields,
    published_at: InstantSchema.nullable(),
    created_at: InstantSchema,
    updated_at: InstantSchema,
  })
  .openapi("Post");

export const CreatePostSchema = z
  .strictObject({ ...z.object(fields).partial().shape, title: fields.title })
  .openapi("CreatePost", { example: { title: "Hello", content: "<p>First post</p>", tags: ["news"] } });

export const UpdatePostSchema = z
  .strictObject(fields)
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdatePost", { example: { status: "published" } });

export type CreatePost = z.output<typeof CreatePostSchema>;
export type UpdatePost = z.output<typeof UpdatePostSchema>;

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
  published_at: instantOrNull(row.publishedAt),
  created_at: instant(row.createdAt),
  updated_at: instant(row.updatedAt),
});
