import { z } from "@hono/zod-openapi";
import { GeneratePageSchema } from "../../content/ai/contract.ts";
import { generatePage } from "../../content/ai/service/generate.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const { prompt, locale, tone, title, parentId } = GeneratePageSchema.shape;

export const generatePageTool = defineTool({
  name: "generate_page",
  description:
    "Have a language model write a draft of a page, in the background. Answers a job; get_job tells how far it is and in the end the id of the draft. Twice a minute, together with translate_page and assist_content.",
  scope: "ai:write",
  input: z.strictObject({
    siteId,
    prompt: prompt.describe("What the page is to be about"),
    locale: locale.describe("Language of the page, one of the website's; its own when left out"),
    tone: tone.describe("How it is to sound, e.g. warm and brief"),
    title: title.describe("Title of the page; the model's when left out"),
    parentId: parentId.describe("Id of the page above this one"),
  }),
  handle: ({ ctx, input }) => generatePage({ ctx, input }),
});
