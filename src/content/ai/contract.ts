import { z } from "@hono/zod-openapi";
import { line, LocaleSchema, text } from "../../core/fields.ts";
import { PageSchema } from "../pages/contract.ts";

/** Characters of text that one call takes: what a model answers while somebody waits. */
export const MAX_TEXT = 10_000;
export const MAX_PAGE_TEXT = 40_000;

export const ASSIST_INSTRUCTIONS = ["improve", "shorten", "expand", "tone", "grammar", "seo", "alt_text"] as const;

const PageIdSchema = text(64, "must be the id of a page");
const ToneSchema = line(100).meta({ description: "How it is to sound", example: "warm and brief" });

export const UsageSchema = z
  .object({
    inputTokens: z.int().meta({ description: "Tokens the model has read", example: 412 }),
    outputTokens: z.int().meta({ description: "Tokens the model has written", example: 288 }),
    totalTokens: z.int().meta({ description: "Both; what counts against the month's AI tokens", example: 700 }),
  })
  .openapi("AiUsage");

export const GeneratePageSchema = z
  .strictObject({
    prompt: text(4_000)
      .regex(/\S/, "must have at least 1 character")
      .meta({ description: "What the page is to be about" }),
    locale: LocaleSchema.optional().register(z.globalRegistry, {
      description: "Its language, one of the website's; its own when left out",
    }),
    tone: ToneSchema.optional(),
    title: line(200).optional().register(z.globalRegistry, { description: "Its title; the model's when left out" }),
    parentId: PageIdSchema.optional().register(z.globalRegistry, { description: "The page it is to stand below" }),
  })
  .openapi("GeneratePage", {
    example: { prompt: "A page about our sourdough course on Saturdays", tone: "warm and brief" },
  });

export const TranslatePageSchema = z
  .strictObject({
    pageId: PageIdSchema.meta({ description: "The page to be translated" }),
    targetLanguage: LocaleSchema.meta({ description: "One of the website's languages", example: "de" }),
  })
  .openapi("TranslatePage", {
    example: { pageId: "page_01KAGW6PSZ0000000000000000", targetLanguage: "de" },
  });

export const TranslationSchema = z
  .object({
    pageId: z.string().meta({ description: "The page that was translated" }),
    sourceLanguage: z.string().meta({ description: "Its language", example: "en" }),
    targetLanguage: z.string().meta({ description: "The language it was translated into", example: "de" }),
    translatedPageId: z.string().meta({ description: "The new draft", example: "page_01KAGW6PSZ0000000000000001" }),
    page: PageSchema.meta({ description: "The new draft" }),
    usage: UsageSchema,
  })
  .openapi("Translation");

export const AssistSchema = z
  .strictObject({
    instruction: z
      .enum(ASSIST_INSTRUCTIONS, `must be one of ${ASSIST_INSTRUCTIONS.join(", ")}`)
      .meta({ description: "What is to be done; for `alt_text`, `text` tells what is known of the picture" }),
    text: text(MAX_TEXT)
      .regex(/\S/, "must have at least 1 character")
      .optional()
      .register(z.globalRegistry, { description: "The text it is about; this or `pageId`" }),
    pageId: PageIdSchema.optional().register(z.globalRegistry, {
      description: "The page whose texts it is about; this or `text`",
    }),
    tone: ToneSchema.optional().register(z.globalRegistry, {
      description: "How it is to sound; `tone` cannot do without",
    }),
    language: LocaleSchema.optional().register(z.globalRegistry, {
      description: "The language to write in; that of the page, or of the website, when left out",
    }),
  })
  .superRefine((body, issue) => {
    const add = (path: string, message: string) => issue.addIssue({ code: "custom", path: [path], message });
    if (body.text === undefined && body.pageId === undefined) add("text", "is required, or pageId");
    if (body.text !== undefined && body.pageId !== undefined) add("pageId", "cannot be combined with text");
    if (body.instruction === "tone" && body.tone === undefined) add("tone", "is required for this instruction");
  })
  .openapi("Assist", {
    allOf: [{ oneOf: [{ required: ["text"] }, { required: ["pageId"] }] }],
    example: {
      instruction: "shorten",
      text: "We bake every morning. We have done so since 1987, with the same dough.",
    },
  } as Record<string, unknown>);

export const AssistedSchema = z
  .object({
    instruction: z.enum(ASSIST_INSTRUCTIONS).meta({ description: "What was done" }),
    text: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "The new text; null where a page or search engines are concerned" }),
    seo: z
      .object({ title: z.string(), description: z.string() })
      .nullable()
      .register(z.globalRegistry, { description: "For `seo`: what search engines could show" }),
    changes: z
      .array(
        z
          .object({
            path: z.string().meta({ description: "Where in the page", example: "blocks[0].props.title" }),
            before: z.string().meta({ description: "The text there is; empty for none" }),
            after: z.string().meta({ description: "The text that is proposed" }),
          })
          .openapi("AssistedText"),
      )
      .nullable()
      .register(z.globalRegistry, {
        description: "For a page: what would change. Nothing is saved: a PATCH does that",
      }),
    usage: UsageSchema,
  })
  .openapi("Assisted");

export type GeneratePage = z.output<typeof GeneratePageSchema>;
export type TranslatePage = z.output<typeof TranslatePageSchema>;
export type Translation = z.output<typeof TranslationSchema>;
export type Assist = z.output<typeof AssistSchema>;
export type Assisted = z.output<typeof AssistedSchema>;

/** The tokens of some calls, as they are shown. */
export const toUsage = ({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }) => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
});
