import { z } from "@hono/zod-openapi";
import { eq } from "drizzle-orm";
import {
  type CreatePage,
  CreatePageSchema,
  PageSchema,
  toPage,
  type UpdatePage,
  UpdatePageSchema,
} from "../../content/pages/contract.ts";
import { createPage } from "../../content/pages/service/create.ts";
import { deletePage } from "../../content/pages/service/delete.ts";
import { getPage } from "../../content/pages/service/find.ts";
import { updatePage } from "../../content/pages/service/update.ts";
import { pages } from "../../content/pages/table.ts";
import { type Site, toSite, type UpdateSite, UpdateSiteSchema } from "../../content/sites/contract.ts";
import { findSite, updateSite } from "../../content/sites/service.ts";
import type { Ctx } from "../../core/work/context.ts";
import { counted } from "../../core/storage/list.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { ItemTable } from "./table.ts";

const STATUSES = ["draft", "published", "archived"];
const scopes = { read: "pages:read", write: "pages:write", delete: "pages:write" } as const;

type PageRow = typeof pages.$inferSelect;

const source = (ctx: Ctx, siteId: string, { status }: { status?: string }): NumberedSource => ({
  table: pages,
  where: scoped(
    ctx,
    pages,
    eq(pages.siteId, siteId),
    status ? eq(pages.status, status as PageRow["status"]) : undefined,
  ),
  sorts: { created_at: pages.createdAt, updated_at: pages.updatedAt, title: pages.title },
  id: pages.seq,
  counted: counted(
    siteId,
    (status ? [status] : STATUSES).map((it) => `pages:${it}`),
  ),
  search: [pages.title, pages.searchText],
  createdAt: pages.createdAt,
  updatedAt: pages.updatedAt,
});

const sorts = ["created_at", "updated_at", "title"];

export const pagesTable: ItemTable = {
  scopes,
  list: { schema: PageSchema, sorts, statuses: STATUSES, isSearchable: true, source, toWire: (_, row) => toPage(row) },
  get: (ctx, { siteId, id }) => getPage({ ctx, input: { siteId, pageId: id } }),
  create: {
    schema: CreatePageSchema,
    run: (ctx, siteId, page: CreatePage) => createPage({ ctx, input: { siteId, page } }),
  },
  update: {
    schema: UpdatePageSchema,
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
});

const toEntry = (page: z.output<typeof PageSchema>) => MenuEntrySchema.strip().parse(page);

/** The navigation as editors have it: every page with its place in the menu. */
export const menuTable: ItemTable = {
  scopes,
  list: {
    schema: MenuEntrySchema,
    sorts,
    statuses: STATUSES,
    isSearchable: true,
    source,
    toWire: (_, row: PageRow) => toEntry(toPage(row)),
  },
  get: async (ctx, { siteId, id }) => toEntry(await getPage({ ctx, input: { siteId, pageId: id } })),
  update: {
    schema: z.strictObject({
      navigation: UpdatePageSchema.shape.navigation,
      parentId: UpdatePageSchema.shape.parentId,
    }),
    run: async (ctx, { siteId, id, expectedVersions = null }, changes: UpdatePage) =>
      toEntry(await updatePage({ ctx, input: { siteId, pageId: id, changes, expectedVersions } })),
  },
};

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
  get: async (ctx, { siteId }) => toSettings(toSite(await findSite(ctx, siteId))),
  update: {
    schema: UpdateSiteSchema,
    run: async (ctx, { siteId, expectedVersions = null }, changes: UpdateSite) =>
      toSettings(await updateSite({ ctx, input: { siteId, changes, expectedVersions } })),
  },
};
