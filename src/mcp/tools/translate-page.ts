import { z } from "@hono/zod-openapi";
import { TranslatePageSchema } from "../../content/ai/contract.ts";
import { translatePage } from "../../content/ai/service/translate.ts";
import { pageId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const translatePageTool = defineTool({
  name: "translate_page",
  description:
    "Translate every text of a page and save it as a draft linked to the original; ids, addresses and structure stay. Twice a minute, together with generate_page and assist_content.",
  scope: "ai:write",
  input: z.strictObject({
    siteId,
    pageId,
    targetLanguage: TranslatePageSchema.shape.targetLanguage.describe("One of the website's languages, e.g. de"),
  }),
  handle: ({ ctx, input }) => translatePage({ ctx, input }),
});
