import { z } from "@hono/zod-openapi";
import { LocaleSchema, SlugSchema } from "../../core/fields.ts";
import { wholeQuery } from "../../core/http/query-fields.ts";

/** The site by id or slug, for keys that can use more than one. */
export const SiteName = z
  .string()
  .min(1, "must not be empty")
  .max(100, "must have at most 100 characters")
  .optional()
  .openapi({ description: "The site by its id or slug; the key's only one when left out" });

export const paging = {
  page: wholeQuery(1, 9_999_999).default(1).openapi({ description: "Counts from 1" }),
  per_page: wholeQuery(1, 100).default(25).openapi({ description: "How many items a page has" }),
};

export const LivePagesQuery = z.strictObject({
  slug: SlugSchema.optional().openapi({ description: "Answers the one page, not a list" }),
  locale: LocaleSchema.optional().openapi({
    description: "Pages without a translation come in the site's own language",
  }),
  site: SiteName,
  ...paging,
});

export const LiveQuery = z.strictObject({ site: SiteName });
export const MenuQuery = z.strictObject({ locale: LocaleSchema.optional(), site: SiteName });

export const MenuItemSchema = z
  .object({
    id: z.string(),
    label: z.string().openapi({ example: "Contact" }),
    slug: z.string().openapi({ example: "contact" }),
    locale: z.string(),
    children: z.array(z.unknown()).openapi({ description: "Entries below this one, alike" }),
  })
  .openapi("MenuItem");

export const MenuSchema = z.object({ items: z.array(MenuItemSchema) }).openapi("Menu");

/** What a theme needs of a site. */
export const LiveSettingsSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    domain: z.string().nullable(),
    locale: z.string(),
    locales: z.array(z.string()),
    settings: z.record(z.string(), z.unknown()),
    designTokens: z.record(z.string(), z.string()),
  })
  .openapi("LiveSettings");
