import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../core/contract.ts";
import {
  line,
  LocaleSchema,
  MomentOrNullSchema,
  SlugSchema,
  storedWithin,
  text,
  TimestampSchema,
  timestamp,
  timestampOrNull,
  PublicationStatusSchema,
} from "../../core/fields.ts";
import { listQuery, SearchSchema } from "../list-query.ts";
import { restoringBody } from "../versions/restoring.ts";
import { BlockSchema, NavigationSchema, SeoSchema } from "./parts.ts";
import type { pages } from "./table.ts";
import { pathParams } from "../../core/http/path-params.ts";

/** The published limit on sections of a page, and the size from which on the editor warns. */
const MAX_BLOCKS = 50;
const MAX_BLOCKS_BYTES = 800_000;

const PageIdSchema = text(64, "must be the id of a page");

const fields = {
  title: line(200).meta({ example: "Contact" }),
  slug: SlugSchema,
  status: PublicationStatusSchema,
  locale: LocaleSchema,
  translationOf: PageIdSchema.nullable(),
  blocks: z
    .array(BlockSchema, "must be a list of blocks")
    .max(MAX_BLOCKS, `must have at most ${MAX_BLOCKS} blocks`)
    .refine(...storedWithin(MAX_BLOCKS_BYTES)),
  seo: SeoSchema,
  navigation: NavigationSchema,
  parentId: PageIdSchema.nullable(),
};

/** What is written beside these: when a draft is to be published by itself, and when a page was. */
const schedule = {
  publishAt: MomentOrNullSchema.meta({
    description:
      "When the draft becomes published by itself. On a live website it is published there too, it alone; during the cooldown, when that ends",
  }),
  publishedAt: MomentOrNullSchema.meta({
    description: "When the page first became published; told for content from elsewhere, never in the future",
  }),
};

export const PageSchema = z
  .object({
    id: z.string().meta({ example: "page_01KAGW6PSZ0000000000000000" }),
    siteId: z.string(),
    ...fields,
    publishAt: TimestampSchema.nullable(),
    version: z.int(),
    createdAt: TimestampSchema,
    updatedAt: TimestampSchema,
    publishedAt: TimestampSchema.nullable(),
  })
  .openapi("Page");

export type Page = z.output<typeof PageSchema>;

/** In a PATCH, `seo` and `navigation` change only the entries they name. */
const partly = <Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape, z.core.$strict>) =>
  z
    .strictObject(
      Object.fromEntries(
        Object.entries(schema.shape).map(([name, field]) => [name, (field as unknown as z.ZodDefault).unwrap()]),
      ) as never,
    )
    .partial() as unknown as z.ZodType<Partial<z.output<z.ZodObject<Shape>>>, Partial<z.input<z.ZodObject<Shape>>>>;

const written = { ...fields, ...schedule };

const changeable = { ...written, seo: partly(SeoSchema), navigation: partly(NavigationSchema) };

/** Slug and locale are the page's address: made when it is new and has none, kept by a PUT that leaves them out, as is its time. */
export const PageBodies = bodiesOf({
  label: "Page",
  fields: written,
  made: ["slug", "locale", "publishedAt"],
  shown: PageSchema,
  defaults: {
    status: "draft",
    translationOf: null,
    blocks: [],
    seo: SeoSchema.parse({}),
    navigation: NavigationSchema.parse({}),
    parentId: null,
    publishAt: null,
  },
  changeable,
  examples: {
    create: { title: "Contact", slug: "contact" },
    update: { title: "Contact us", status: "published" },
  },
});

/** What can be told of a page that is restored: what a PATCH can change. */
export const RestorePageSchema = restoringBody("Page", changeable, { slug: "contact-2" });

export type CreatePage = z.output<typeof PageBodies.create>;
export type UpdatePage = z.output<typeof PageBodies.update>;

export const PagesParams = pathParams("siteId");
export const PageParams = pathParams("siteId", "pageId");

export const ListPagesQuery = listQuery(["createdAt", "updatedAt", "title"], {
  status: PublicationStatusSchema.optional(),
  search: SearchSchema.optional(),
  locale: LocaleSchema.optional(),
  slug: SlugSchema.optional(),
  parentId: PageIdSchema.optional(),
  translationOf: PageIdSchema.optional(),
});

/** A page as the API shows it. `page-json.ts` builds the same in SQL. */
export const toPage = (row: typeof pages.$inferSelect): Page => ({
  id: row.id,
  siteId: row.siteId,
  title: row.title,
  slug: row.slug,
  status: row.status,
  locale: row.locale,
  translationOf: row.translationOf,
  blocks: row.blocks,
  seo: row.seo,
  navigation: row.navigation,
  parentId: row.parentId,
  publishAt: timestampOrNull(row.publishAt),
  version: row.version,
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
  publishedAt: timestampOrNull(row.publishedAt),
});
