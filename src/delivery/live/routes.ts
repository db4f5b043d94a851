import { z } from "@hono/zod-openapi";
import { deploymentContent } from "../../content/live/cache.ts";
import { PageSchema } from "../../content/pages/contract.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { EITHER, LivePagesQuery, LiveQuery, LiveSettingsSchema, MenuQuery, MenuSchema } from "./contract.ts";
import { liveMenu } from "../../content/live/menu.ts";
import { picturesOfSite } from "../../content/live/pictures.ts";
import { listLivePages, livePage } from "../../content/live/pages.ts";
import { authoriseSite, type Live, liveSite } from "../../content/live/site.ts";

const tag = "Delivery";

const LivePagesSchema = z
  .object({ items: z.array(PageSchema), page: z.int(), per_page: z.int(), total: z.int() })
  .openapi("LivePages");

const ONE_OR_LIST = { description: "Only a list has `items`, `page` and `total`; a page has `blocks`" };

/** What a deployment answers a question with. */
const contentOf = <Value>({ siteId, number }: Live, question: unknown[], find: () => Promise<Value>): Promise<Value> =>
  deploymentContent(JSON.stringify([siteId, number, ...question]), find);

/** Published content only. The ETag changes with the deployment that is live. */
export const liveRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/pages",
    operationId: "listLivePages",
    tag,
    summary: "Published pages, or one by its slug",
    scope: "pages:read",
    integrations: true,
    cors: true,
    etag: true,
    query: LivePagesQuery,
    success: {
      status: 200,
      description: "The pages; with `slug` the page itself",
      data: z.union([LivePagesSchema, PageSchema]).openapi(ONE_OR_LIST, EITHER),
    },
    errors: ["not_found"],
    authorise: authoriseSite,
    handle: async ({ ctx, input: { query } }) => {
      const live = await liveSite(ctx, query.site);
      const { slug, locale, page, per_page } = query;
      const find = async () =>
        slug === undefined ? listLivePages(ctx, live, query) : livePage(ctx, live, slug, locale);
      return { data: await contentOf(live, ["pages", slug, locale, page, per_page], find), version: live.number };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/menu",
    operationId: "getLiveMenu",
    tag,
    summary: "The published navigation",
    scope: "pages:read",
    integrations: true,
    cors: true,
    etag: true,
    query: MenuQuery,
    success: { status: 200, description: "The entries in their order", data: MenuSchema },
    errors: ["not_found"],
    authorise: authoriseSite,
    handle: async ({ ctx, input: { query } }) => {
      const live = await liveSite(ctx, query.site);
      const items = await contentOf(live, ["menu", query.locale], () => liveMenu(ctx.db, live, query.locale));
      return { data: { items }, version: live.number };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/settings",
    operationId: "getLiveSettings",
    tag,
    summary: "The published settings of a website",
    scope: "sites:read",
    integrations: true,
    cors: true,
    etag: true,
    query: LiveQuery,
    success: { status: 200, description: "Name, languages, settings and design tokens", data: LiveSettingsSchema },
    errors: ["not_found"],
    authorise: authoriseSite,
    handle: async ({ ctx, input: { query } }) => {
      const live = await liveSite(ctx, query.site);
      const { id, name, slug, domain, locale, locales, settings, designTokens } = live.site;
      const pictures = picturesOfSite(live.site);
      const data = { id, name, slug, domain, locale, locales, settings, designTokens, pictures };
      return { data, version: live.number };
    },
  }),
];
