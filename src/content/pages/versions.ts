import { PageSchema, RestorePageSchema, toPage } from "./contract.ts";
import { findPage, type PageRow } from "./service/find.ts";
import { restorePageVersion } from "./service/restore.ts";
import type { VersionedResource } from "../versions/endpoints.ts";
import { pages } from "./table.ts";

/** What pages are to whatever shows and restores versions. */
export const PAGE_VERSIONS: VersionedResource<PageRow> = {
  name: "page",
  label: "Page",
  article: "a",
  tag: "Pages",
  scopes: { read: "pages:read", write: "pages:write" },
  integrations: false,
  path: "/pages",
  table: pages,
  schema: PageSchema,
  restoring: RestorePageSchema,
  show: (_, row) => toPage(row),
  find: (ctx, { siteId, id }) => findPage(ctx, siteId, id),
  restore: restorePageVersion,
};
