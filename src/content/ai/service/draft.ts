import { z } from "@hono/zod-openapi";
import { Notes } from "../../../rendering/notes.ts";
import { renderBlocks } from "../../../rendering/blocks/index.ts";
import { PageBodies } from "../../pages/contract.ts";
import { WRITTEN_BLOCKS } from "../model/block-guide.ts";
import type { Problems } from "../model/ask.ts";

const AnswerSchema = z.strictObject({
  title: PageBodies.create.shape.title,
  seo: z.strictObject({ title: z.string(), description: z.string() }).partial().optional(),
  blocks: z.array(z.unknown()).min(1, "must have at least 1 block"),
});

/** What of a page a model writes. */
export interface WrittenPage {
  title: string;
  seo: { title: string | null; description: string | null; ogImage: null; noIndex: false };
  blocks: z.output<typeof PageBodies.create>["blocks"];
}

const problemsOf = (error: z.ZodError): Problems => ({
  problems: error.issues
    .slice(0, 20)
    .map(({ path, message }) => `${path.map(String).join(".") || "the object"}: ${message}`),
});

/**
 * Reads a page a model has written: valid as every page is, of blocks that are there, in which nothing is left out when it
 * is shown. What is wrong is told in words for the model.
 */
export function readWrittenPage(answer: unknown, locale: string): WrittenPage | Problems {
  const read = AnswerSchema.safeParse(answer);
  if (!read.success) return problemsOf(read.error);
  const { title, seo, blocks } = read.data;
  const shown = { title: seo?.title ?? null, description: seo?.description ?? null, ogImage: null, noIndex: false };
  const page = PageBodies.create.safeParse({ title, seo: shown, blocks });
  if (!page.success) return problemsOf(page.error);
  const written = page.data.blocks ?? [];
  const notes = new Notes();
  renderBlocks(written, locale, notes);
  const problems = notes.all.map(({ path, code, what }) => `${path}: ${code} ${what}`);
  for (const [index, { type }] of written.entries())
    if (!WRITTEN_BLOCKS.includes(type)) problems.push(`blocks[${index}].type: ${type} is none of the types given`);
  if (problems.length > 0) return { problems: problems.slice(0, 20) };
  return { title: title as string, seo: page.data.seo as WrittenPage["seo"], blocks: written };
}
