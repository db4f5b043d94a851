import { siteResource } from "../resource/resource.ts";
import { parsed } from "../archive/read-fields.ts";
import { ListRedirectsQuery, RedirectBodies, RedirectSchema, RowSchema } from "./contract.ts";
import { targetOf } from "./path.ts";
import { checkRedirect } from "./rules.ts";
import { redirects } from "./table.ts";

/**
 * Where the addresses of a former site lead. Who may change pages, and with them their addresses, may change these; nothing
 * is announced of them, as nothing is built on them. They hold at once, without a publish.
 */
export const REDIRECTS = siteResource({
  name: "redirect",
  label: "Redirect",
  tag: "Redirects",
  scopes: { read: "pages:read", write: "pages:write" },
  integrations: false,
  path: "/redirects",
  idPrefix: "redir",
  table: redirects,
  schema: RedirectSchema,
  list: {
    query: ListRedirectsQuery,
    orders: { createdAt: redirects.createdAt, updatedAt: redirects.updatedAt },
    filters: { status: redirects.status },
    search: [redirects.from, redirects.to],
  },
  create: {
    schema: RedirectBodies.create,
    errors: ["conflict"],
    description: "Visitors are led on at once. A published page at the same path comes first.",
    columns: ({ body }) => {
      const filled = RedirectBodies.fill(body);
      return { ...filled, target: targetOf(filled.to) };
    },
    example: (_, nth) => ({ from: `/old-${nth}` }),
  },
  update: {
    schema: RedirectBodies.update,
    errors: ["conflict"],
    columns: ({ changes }) => ({ ...changes, ...(changes.to !== undefined && { target: targetOf(changes.to) }) }),
  },
  check: ({ ctx, row, before }) => checkRedirect(ctx, row, before),
  remove: {},
  archived: {
    alone: true,
    made: ({ from, to, status }) => {
      const row = parsed(RowSchema, { from, to, status });
      return { ...row, target: targetOf(row.to) };
    },
  },
});
