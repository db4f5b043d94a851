import { and, eq, or } from "drizzle-orm";
import { conflict, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { PageBodies } from "../../pages/contract.ts";
import { createPage } from "../../pages/service/create.ts";
import { findPage, type PageRow } from "../../pages/service/find.ts";
import { pages } from "../../pages/table.ts";
import { findSite } from "../../sites/service.ts";
import { MAX_PAGE_TEXT, toUsage, type TranslatePage, type Translation } from "../contract.ts";
import { unusable } from "../model/ask.ts";
import { fillingTokens, fillSlots, type Rewriting } from "../model/fill.ts";
import { configuredProvider, requireConfigured } from "../provider/configured.ts";
import { type Slot, slotsOf, withTexts } from "../text/slots.ts";
import { withTokens } from "../tokens.ts";

/** What of a page is for reading. */
export const readableParts = ({ title, seo, navigation, blocks }: PageRow) => ({
  title,
  seo: { title: seo.title, description: seo.description },
  navigation: { label: navigation.label },
  blocks: blocks.map(({ props }) => ({ props })),
});

/** Refuses more of a page than a model answers while somebody waits. */
export function requireAnswerable(slots: Slot[]): Slot[] {
  const characters = slots.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > MAX_PAGE_TEXT)
    throw invalid("pageId", `is a page with ${characters} characters of text; at most ${MAX_PAGE_TEXT} are taken`);
  return slots;
}

/** The texts of a page, of one with no more than that. */
export const pageSlots = (page: PageRow): Slot[] => requireAnswerable(slotsOf(readableParts(page)));

/** Before anything is paid for: the language is the site's, and nobody has translated the page into it. */
async function requireUntranslated(ctx: Ctx, page: PageRow, target: string): Promise<string> {
  const originalId = page.translationOf ?? page.id;
  const isOne = or(eq(pages.translationOf, originalId), eq(pages.id, originalId));
  const [taken] = await ctx.db
    .select({ id: pages.id })
    .from(pages)
    .where(scoped(ctx, pages, and(eq(pages.siteId, page.siteId), eq(pages.locale, target), isOne)))
    .limit(1);
  if (taken) throw conflict("targetLanguage", `There is a page for this language already: ${taken.id}.`);
  return originalId;
}

/** What is one line is cut where it has to be: a translation can be longer than there is room for. */
const cutTo = (text: string | null, characters: number): string | null =>
  text === null ? null : [...text].slice(0, characters).join("").trim() || null;

/** The page with its new texts, valid as every page is. Everything that is not for reading stays what it is. */
function translated(page: PageRow, texts: ReadonlyMap<string, string>) {
  const parts = withTexts(readableParts(page), texts);
  const body = PageBodies.create.safeParse({
    title: cutTo(parts.title, 200),
    seo: { ...page.seo, title: cutTo(parts.seo.title, 200), description: cutTo(parts.seo.description, 500) },
    navigation: { ...page.navigation, label: cutTo(parts.navigation.label, 100) },
    blocks: page.blocks.map(({ type }, index) => ({ type, props: parts.blocks[index]?.props ?? {} })),
  });
  if (!body.success) throw unusable();
  return body.data;
}

/** Translates a page's texts and saves them as a draft that is linked to the original. */
export async function translatePage({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: TranslatePage & { siteId: string };
}): Promise<Translation> {
  const { siteId, pageId, targetLanguage } = input;
  const site = await findSite(ctx, siteId);
  const page = await findPage(ctx, siteId, pageId);
  if (!site.locales.includes(targetLanguage))
    throw invalid("targetLanguage", `is not a locale of this site (${site.locales.join(", ")})`);
  const translationOf = await requireUntranslated(ctx, page, targetLanguage);
  requireConfigured(ctx.env);
  const slots = pageSlots(page);
  const sourceLanguage = page.locale;
  const rewriting: Rewriting = { task: "translate", about: { sourceLanguage, targetLanguage } };
  const { body, usage } = await withTokens(ctx, 2 * fillingTokens(slots, rewriting), async (meter) => {
    const texts = await fillSlots(configuredProvider(ctx.env), meter, slots, rewriting);
    return { body: translated(page, texts), usage: meter.usage };
  });
  const fields = { ...body, locale: targetLanguage, translationOf, parentId: page.parentId, status: "draft" as const };
  const draft = await createPage({ ctx, input: { siteId, page: fields } });
  return { pageId, sourceLanguage, targetLanguage, translatedPageId: draft.id, page: draft, usage: toUsage(usage) };
}
