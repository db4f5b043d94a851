import { numberedItems } from "../../content/resource/list.ts";
import type { SiteResource } from "../../content/resource/resource.ts";
import type { ItemTable } from "./table.ts";

/** The item table of a resource: its verbs and rules under the item endpoint's address. */
export function tableOf(resource: SiteResource): ItemTable {
  const { scopes, schema, list, create, update, remove, verbs } = resource;
  return {
    scopes: { ...scopes, delete: scopes.write },
    integrations: resource.integrations ? ["read", "write", "delete"] : [],
    schema,
    list: {
      sorts: ["created_at", "updated_at"],
      statuses: Object.keys(list.state?.itemValues ?? {}),
      isSearchable: list.search !== undefined,
      source: (ctx, siteId, { status }) => numberedItems(ctx, resource, siteId, status),
      toWire: (ctx, row) => verbs.show(ctx, row),
    },
    get: (ctx, { siteId, id }) => verbs.get({ ctx, input: { siteId, id } }),
    ...(create && {
      create: { schema: create.schema, run: (ctx, siteId, body) => verbs.create({ ctx, input: { siteId, body } }) },
    }),
    ...(update && {
      update: {
        schema: update.schema,
        run: (ctx, target, changes) => verbs.update({ ctx, input: { ...target, changes } }),
      },
    }),
    ...(remove && { remove: (ctx, target) => verbs.remove({ ctx, input: target }) }),
  };
}
