import { siteResource } from "../../resource/resource.ts";
import { CustomBlockBodies, CustomBlockSchema, ListCustomBlocksQuery } from "./contract.ts";
import { requireTemplate } from "./rules.ts";
import { customBlocks } from "./table.ts";

/** Blocks that a website has put together of others; a page uses one as the block type `custom:{id}`. */
export const CUSTOM_BLOCKS = siteResource({
  tag: "Blocks",
  scopes: { read: "pages:read", write: "pages:write" },
  integrations: true,
  name: "custom_block",
  label: "CustomBlock",
  words: { one: "custom block", many: "custom blocks" },
  path: "/blocks/custom",
  idPrefix: "block",
  table: customBlocks,
  schema: CustomBlockSchema,
  list: {
    query: ListCustomBlocksQuery,
    orders: { createdAt: customBlocks.createdAt, updatedAt: customBlocks.updatedAt },
    search: [customBlocks.label, customBlocks.description],
  },
  create: {
    schema: CustomBlockBodies.create,
    description: "A page uses it as a block of the type `custom:{id}`, whose `props` are its properties.",
    columns: ({ ctx, body }) => ({
      ...CustomBlockBodies.fill(body),
      ...{ templateVersion: 1, usageCount: 0, createdBy: ctx.caller.actor },
    }),
  },
  update: {
    schema: CustomBlockBodies.update,
    description: "Pages that use it are changed by it: the next publish shows them anew.",
    columns: ({ before, changes }) => ({
      ...changes,
      ...((changes.template || changes.properties) && { templateVersion: before.templateVersion + 1 }),
    }),
  },
  check: ({ row }) => requireTemplate(row),
  // Uses are counted as the pages come.
  archived: {
    folder: "custom-blocks",
    made: (_, ctx) => ({ templateVersion: 1, usageCount: 0, createdBy: ctx.caller.actor }),
  },
});
