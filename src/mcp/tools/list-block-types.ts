import { z } from "@hono/zod-openapi";
import { CategorySchema } from "../../content/blocks/contract.ts";
import { listBlockTypes } from "../../content/blocks/service.ts";
import { defineTool } from "../tool.ts";

export const listBlockTypesTool = defineTool({
  name: "list_block_types",
  description:
    "List the types of blocks that pages are made of, each with the JSON Schema of its properties and an example. Read this before writing blocks: what the schema does not name is not shown.",
  scope: null,
  input: z.strictObject({ category: CategorySchema.optional().describe("Only blocks of this category") }),
  handle: async ({ input }) => ({ block_types: listBlockTypes(input) }),
});
