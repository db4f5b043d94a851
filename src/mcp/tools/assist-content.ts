import { z } from "@hono/zod-openapi";
import { AssistSchema } from "../../content/ai/contract.ts";
import { assistContent } from "../../content/ai/service/assist.ts";
import { parseWith } from "../../core/http/validate.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const { instruction, text, pageId, tone, language } = AssistSchema.shape;

export const assistContentTool = defineTool({
  name: "assist_content",
  description:
    "Propose other words for a text, or for the texts of a page. Saves nothing. Twice a minute, together with generate_page and translate_page.",
  scope: "ai:write",
  input: z.strictObject({
    siteId,
    instruction: instruction.describe(
      "improve, shorten, expand, tone, grammar, seo (title and description) or alt_text",
    ),
    text: text.describe("The text it is about, or for alt_text what is known of the picture; this or pageId"),
    pageId: pageId.describe("Id of the page whose texts it is about; this or text"),
    tone: tone.describe("How it is to sound; tone cannot do without"),
    language: language.describe("Language to write in; that of the page or the website when left out"),
  }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...body } = input;
    return assistContent({ ctx, input: { ...parseWith(AssistSchema, body, "arguments"), siteId: site } });
  },
});
