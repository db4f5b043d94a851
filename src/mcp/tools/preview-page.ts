import { z } from "@hono/zod-openapi";
import { CreatePreviewSchema } from "../../content/previews/contract.ts";
import { previewPage } from "../../content/previews/service/create.ts";
import { pageId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const { expiresIn, label } = CreatePreviewSchema.shape;

export const previewPageTool = defineTool({
  name: "preview_page",
  description:
    "Make a link to a page as publishing it would show it, draft or not, for people to look at before publish_site. Whoever has the link needs no key; it ends with its time, its page and this key.",
  scope: "pages:write",
  input: z.strictObject({
    siteId,
    pageId,
    expiresIn: expiresIn.describe("Seconds until the link ends, 60 to 2592000 (30 days); an hour when left out"),
    label: label.describe("What the link is for, to find it in the list of previews"),
  }),
  handle: ({ ctx, input }) => previewPage({ ctx, input }),
});
