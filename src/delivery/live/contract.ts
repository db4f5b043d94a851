import { z } from "@hono/zod-openapi";
import { LocaleSchema, SlugSchema, text } from "../../core/fields.ts";
import { wholeQuery } from "../../core/http/query-fields.ts";

/** The site by id or slug, for keys that can use more than one. */
export const SiteName = text(100)
  .min(1, "must not be empty")
  .optional()
  .register(z.globalRegistry, { description: "The site by its id or slug; the key's only one when left out" });

/** How a union is described of which an answer is one and never another. */
export const EITHER = { unionPreferredType: "oneOf" } as const;

export const paging = {
  page: wholeQuery(1, 9_999_999).default(1).register(z.globalRegistry, { description: "Counts from 1" }),
  per_page: wholeQuery(1, 100).default(25).register(z.globalRegistry, { description: "How many items a page has" }),
};

export const LivePagesQuery = z.strictObject({
  slug: SlugSchema.optional().register(z.globalRegistry, { description: "Answers the one page, not a list" }),
  locale: LocaleSchema.optional().register(z.globalRegistry, {
    description: "Pages without a translation come in the site's own language",
  }),
  site: SiteName,
  ...paging,
});

export const LiveQuery = z.strictObject({ site: SiteName });
export const MenuQuery = z.strictObject({ locale: LocaleSchema.optional(), site: SiteName });

interface MenuItem {
  id: string;
  label: string;
  slug: string;
  locale: string;
  children: MenuItem[];
}

export const MenuItemSchema: z.ZodType<MenuItem> = z
  .object({
    id: z.string(),
    label: z.string().meta({ example: "Contact" }),
    slug: z.string().meta({ example: "contact" }),
    locale: z.string(),
    children: z
      .array(z.lazy((): z.ZodType<MenuItem> => MenuItemSchema))
      .meta({ description: "The entries below this one" }),
  })
  .openapi("MenuItem");

export const MenuSchema = z.object({ items: z.array(MenuItemSchema) }).openapi("Menu");

const SitePictureSchema = z
  .object({
    url: z.string().meta({
      description: "A path is one of every host of ours",
      example: "/media/med_01KAGW6PSZ0000000000000000/logo.png",
    }),
    width: z.int().nullable().register(z.globalRegistry, { description: "Pixels; null where they are not known" }),
    height: z.int().nullable().register(z.globalRegistry, { description: "Pixels; null where they are not known" }),
    alt: z.string(),
    srcset: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "The sizes it is served in; null for one that lies elsewhere" }),
  })
  .openapi("SitePicture");

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
    pictures: z
      .object({
        logo: SitePictureSchema.nullable(),
        favicon: SitePictureSchema.nullable(),
        socialImage: SitePictureSchema.nullable(),
      })
      .meta({ description: "The pictures that `settings` name, as they were when published; null for none" }),
  })
  .openapi("LiveSettings");
