import type { z } from "@hono/zod-openapi";
import { changeSchema } from "../../core/contract.ts";
import { type CreatePage, PageSchema, toPage, type UpdatePage, PageBodies } from "../../content/pages/contract.ts";
import { createPage } from "../../content/pages/service/create.ts";
import { deletePage } from "../../content/pages/service/delete.ts";
import { getPage } from "../../content/pages/service/find.ts";
import { updatePage } from "../../content/pages/service/update.ts";
import type { pages } from "../../content/pages/table.ts";
import { type Site, SiteSchema, toSite, type UpdateSite, SiteBodies } from "../../content/sites/contract.ts";
import { findSite, updateSite } from "../../content/sites/service.ts";
import type { ItemTable } from "./table.ts";
import { PUBLICATION_STATUSES } from "../../core/publication.ts";
import { numberedPages } from "../../content/pages/service/list.ts";

const scopes = { read: "pages:read", write: "pages:write", delete: "pages:write" } as const;

const sorts = ["created_at", "updated_at", "title"];

export const pagesTable: ItemTable = {
  scopes,
  integrations: [],
  schema: PageSchema,
  list: {
    sorts,
    statuses: PUBLICATION_STATUSES,
    isSearchable: true,
    source: numberedPages,
    toWire: (_, row) => toPage(row),
  },
  get: (ctx, { siteId, id }) => getPage({ ctx, input: { siteId, pageId: id } }),
  create: {
    schema: PageBodies.create,
    run: (ctx, siteId, page: CreatePage) => createPage({ ctx, input: { siteId, page } }),
  },
  update: {
    schema: PageBodies.update,
    run: (ctx, { siteId, id, expectedVersions = null }, changes: UpdatePage) =>
      updatePage({ ctx, input: { siteId, pageId: id, changes, expectedVersions } }),
  },
  remove: (ctx, { siteId, id, expectedVersions = null }) =>
    deletePage({ ctx, input: { siteId, pageId: id, expectedVersions } }),
};

const MenuEntrySchema = PageSchema.pick({
  id: true,
  title: true,
  slug: true,
  status: true,
  locale: true,
  parentId: true,
  navigation: true,
  version: true,
}).openapi("MenuEntry");

const toEntry = (page: z.output<typeof PageSchema>) => MenuEntrySchema.strip().parse(page);

/** The navigation as editors have it: every page with its place in the menu. */
export const menuTable: ItemTable = {
  scopes,
  integrations: [],
  schema: MenuEntrySchema,
  list: {
    sorts,
    statuses: PUBLICATION_STATUSES,
    isSearchable: true,
    source: numberedPages,
    toWire: (_, row: typeof pages.$inferSelect) => toEntry(toPage(row)),
  },
  get: async (ctx, { siteId, id }) => toEntry(await getPage({ ctx, input: { siteId, pageId: id } })),
  update: {
    schema: changeSchema(
      "UpdateMenuEntry",
      { navigation: PageBodies.update.shape.navigation, parentId: PageBodies.update.shape.parentId },
      { navigation: { label: "Contact", order: 3 } },
    ),
    run: async (ctx, { siteId, id, expectedVersions = null }, changes: UpdatePage) =>
      toEntry(await updatePage({ ctx, input: { siteId, pageId: id, changes, expectedVersions } })),
  },
};

const SettingsSchema = SiteSchema.pick({
  id: true,
  name: true,
  domain: true,
  locale: true,
  locales: true,
  settings: true,
  designTokens: true,
  version: true,
}).openapi("SiteSettings");

const toSettings = ({ id, name, domain, locale, locales, settings, designTokens, version }: Site) => ({
  id,
  name,
  domain,
  locale,
  locales,
  settings,
  designTokens,
  version,
});

/** The website's settings as editors have them; a publish makes them live. */
export const settingsTable: ItemTable = {
  scopes: { read: "sites:read", write: "sites:write", delete: "sites:write" },
  integrations: [],
  schema: SettingsSchema,
  get: async (ctx, { siteId }) => toSettings(toSite(await findSite(ctx, siteId))),
  update: {
    schema: SiteBodies.update,
    run: async (ctx, { siteId, expectedVersions = null }, changes: UpdateSite) =>
      toSettings(await updateSite({ ctx, input: { siteId, changes, expectedVersions } })),
  },
};
