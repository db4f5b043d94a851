import { z } from "@hono/zod-openapi";
import { importMedia } from "../../content/media/service/import.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const text = (max: number) =>
  z.string("must be text").trim().min(1, "must not be empty").max(max, `must have at most ${max} characters`);

export const importMediaTool = defineTool({
  name: "import_media",
  description:
    "Upload a picture, video or document to a website from a public https address. Answers the file; its url is what blocks and rich text refer to.",
  scope: "media:write",
  input: z.strictObject({
    siteId,
    url: text(2_000).describe("A public https address that answers the file itself"),
    filename: text(200).optional().describe("Its name, with the ending of its type; that of the address when left out"),
    alt: text(1_000).optional().describe("What a picture shows, for those who do not see it"),
    folder: text(200).optional().describe("The folder to keep it in"),
  }),
  handle: async ({ ctx, input }) => ({ media: await importMedia({ ctx, input }) }),
});
