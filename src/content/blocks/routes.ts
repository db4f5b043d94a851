import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { BlockTypeParams, BlockTypeSchema, ListBlockTypesQuery } from "./contract.ts";
import { getBlockType, listBlockTypes } from "./service.ts";

const shared = { method: "get", tag: "Blocks", scope: null, integrations: true, etag: true } as const;

export const blockRoutes: Endpoint[] = [
  contentEndpoint({
    ...shared,
    path: "/blocks",
    operationId: "listBlockTypes",
    summary: "List the types of blocks",
    description:
      "Every type of block that pages can be made of, with the JSON Schema of its properties and an example that renders. The list is whole: it has no pages.",
    query: ListBlockTypesQuery,
    success: { status: 200, description: "The types of blocks", data: z.array(BlockTypeSchema) },
    handle: async ({ input: { query } }) => ({ data: listBlockTypes(query) }),
  }),
  contentEndpoint({
    ...shared,
    path: "/blocks/{blockType}",
    operationId: "getBlockType",
    summary: "Get a type of block",
    params: BlockTypeParams,
    success: { status: 200, description: "The type of block", data: BlockTypeSchema },
    handle: async ({ input: { params } }) => ({ data: getBlockType(params.blockType) }),
  }),
];
