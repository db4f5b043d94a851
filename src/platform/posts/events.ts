import type { z } from "@hono/zod-openapi";
import { defineEvents } from "../../core/events/define.ts";
import { SAMPLE_AT } from "../../core/events/sample.ts";
import { instant } from "../../core/instant.ts";
import type { PostSchema } from "./contract.ts";

const sample: z.output<typeof PostSchema> = {
  id: 1,
  title: "Hello",
  slug: "hello",
  excerpt: null,
  content: "<p>First post</p>",
  status: "draft",
  tags: ["news"],
  site_id: null,
  author_id: null,
  locale: null,
  version: 1,
  published_at: null,
  created_at: instant(SAMPLE_AT),
  updated_at: instant(SAMPLE_AT),
};

export const POST_EVENTS = defineEvents({
  noun: "post",
  scope: "posts:read",
  integrations: true,
  readAt: ["/api/v1/posts", "/api/v1/posts/{postId}"],
  sample,
  verbs: { created: {}, updated: { status: "published", version: 2, published_at: instant(SAMPLE_AT) }, deleted: {} },
});
