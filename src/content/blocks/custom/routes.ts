import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { RemoveCustomBlockQuery } from "./contract.ts";
import { removeCustomBlock } from "./remove.ts";
import { pathParams } from "../../../core/http/path-params.ts";

export const customBlockRoutes: Endpoint[] = [
  contentEndpoint({
    method: "delete",
    path: "/sites/{siteId}/blocks/custom/{customBlockId}",
    operationId: "deleteCustomBlock",
    tag: "Blocks",
    summary: "Delete a custom block",
    description: "One that pages use is kept, and 409 names them, unless `force` is `true`.",
    scope: "pages:write",
    integrations: true,
    params: pathParams("siteId", "customBlockId"),
    query: RemoveCustomBlockQuery,
    etag: true,
    errors: ["conflict"],
    success: { status: 204, description: "The custom block is deleted" },
    handle: async ({ ctx, input: { params, query, expectedVersions } }) => {
      const { siteId, customBlockId: id } = params;
      await removeCustomBlock({ ctx, input: { siteId, id, force: query.force === "true", expectedVersions } });
      return {};
    },
  }),
];
