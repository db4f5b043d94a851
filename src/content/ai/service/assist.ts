import { z } from "@hono/zod-openapi";
import { valueAt } from "../../../core/http/validate.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { line } from "../../../core/fields.ts";
import { readableText } from "../../../rendering/text/readable.ts";
import { findPage, type PageRow } from "../../pages/service/find.ts";
import { findSite } from "../../sites/service.ts";
import { type Assist, type Assisted, toUsage } from "../contract.ts";
import { ask, type Meter, type Task } from "../model/ask.ts";
import { estimateTokens } from "../model/estimate.ts";
import { fillingTokens, fillSlots, type Rewriting } from "../model/fill.ts";
import { type RewritingTask, SEO_PROMPT } from "../model/prompts.ts";
import { configuredProvider, requireConfigured } from "../provider/configured.ts";
import type { Provider } from "../provider/provider.ts";
import { guard } from "../text/guarded.ts";
import { pictureSlots } from "../text/pictures.ts";
import { pathWords, placeOf } from "../text/places.ts";
import { type Slot, slotsOf } from "../text/slots.ts";
import { withTokens } from "../tokens.ts";
import { pageSlots, readableParts, requireAnswerable } from "./translate.ts";

type Answered = Pick<Assisted, "text" | "seo" | "changes">;

/** What is to be done, and at most how many tokens it takes. */
interface Work {
  tokens: number;
  run(provider: Provider, meter: Meter): Promise<Answered>;
}

const NOTHING: Answered = { text: null, seo: null, changes: null };

/** What search engines show, and a little more: it can be cut. */
const SeoSchema = z.object({ title: line(100), description: line(250) });

function seoWork(text: string, language: string): Work {
  const task: Task<z.output<typeof SeoSchema>> = {
    system: SEO_PROMPT,
    payload: { task: "seo", language, text },
    maxTokens: 400,
    read: (answer) => {
      const read = SeoSchema.safeParse(answer);
      return read.success
        ? read.data
        : { problems: read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) };
    },
  };
  return {
    tokens: estimateTokens(SEO_PROMPT + text) + task.maxTokens,
    run: async (provider, meter) => ({ ...NOTHING, seo: await ask(provider, task, meter) }),
  };
}

const rewritingWork = (
  slots: Slot[],
  rewriting: Rewriting,
  shown: (texts: ReadonlyMap<string, string>) => Answered,
): Work => ({
  tokens: fillingTokens(slots, rewriting),
  run: async (provider, meter) => shown(await fillSlots(provider, meter, slots, rewriting)),
});

/** A text of its own as the one slot there is. */
function textWork(text: string, rewriting: Rewriting): Work {
  const isMarkup = /<[a-z!/][^<>]*>/i.test(text);
  const slot: Slot = { ...guard(text, isMarkup), path: [], isMarkup };
  return rewritingWork([slot], rewriting, (texts) => ({ ...NOTHING, text: texts.get(placeOf([])) ?? text }));
}

/** The texts of a page, each with what is proposed for it. */
function pageWork(page: PageRow, rewriting: Rewriting): Work {
  const parts = readableParts(page);
  const slots = rewriting.task === "alt_text" ? requireAnswerable(pictureSlots(parts)) : pageSlots(page);
  return rewritingWork(slots, rewriting, (texts) => {
    const changes = slots.flatMap(({ path }) => {
      const before = valueAt(parts, path);
      const [was, after] = [typeof before === "string" ? before : "", texts.get(placeOf(path)) ?? ""];
      return after === was || after === "" ? [] : [{ path: pathWords(path), before: was, after }];
    });
    return { ...NOTHING, changes };
  });
}

/** The text of a page as people read it, as much of it as says what it is about. */
const summary = (page: PageRow): string =>
  slotsOf(readableParts(page))
    .map(({ text }) => readableText(text.replace(/\[\[\d+\]\]/g, " ")))
    .join("\n")
    .slice(0, 8_000);

async function workOf(ctx: Ctx, siteId: string, body: Assist): Promise<Work> {
  const { instruction, text, pageId, tone } = body;
  const site = await findSite(ctx, siteId);
  const page = pageId === undefined ? null : await findPage(ctx, siteId, pageId);
  const language = body.language ?? page?.locale ?? site.locale;
  if (instruction === "seo") return seoWork(text ?? summary(page as PageRow), language);
  const rewriting = { task: instruction as RewritingTask, about: { language, ...(tone && { tone }) } };
  return page ? pageWork(page, rewriting) : textWork(text as string, rewriting);
}

/** Proposes other words for a text, or for the texts of a page. Saves nothing. */
export async function assistContent({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Assist & { siteId: string };
}): Promise<Assisted> {
  const { siteId, ...body } = input;
  const work = await workOf(ctx, siteId, body);
  requireConfigured(ctx.env);
  const { answered, usage } = await withTokens(ctx, 2 * work.tokens, async (meter) => ({
    answered: await work.run(configuredProvider(ctx.env), meter),
    usage: meter.usage,
  }));
  return { instruction: body.instruction, ...answered, usage: toUsage(usage) };
}
