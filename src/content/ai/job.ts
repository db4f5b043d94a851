import { z } from "@hono/zod-openapi";
import { DomainError } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { defineJob } from "../jobs/kind.ts";
import { createPage } from "../pages/service/create.ts";
import { findSite } from "../sites/service.ts";
import { GeneratePageSchema, toUsage } from "./contract.ts";
import { askOnce, type Draft, Meter, type Task, unusable } from "./model/ask.ts";
import { estimateTokens } from "./model/estimate.ts";
import { pagePrompt } from "./model/prompts.ts";
import { configuredProvider } from "./provider/configured.ts";
import type { Usage } from "./provider/provider.ts";
import { readWrittenPage, type WrittenPage } from "./service/draft.ts";
import { holdTokens, settleTokens } from "./tokens.ts";

/** What is asked for, with the language it is to be in. */
const InputSchema = z.strictObject({ ...GeneratePageSchema.shape, locale: z.string() });
type Input = z.output<typeof InputSchema>;

/** After each call of the model: what it took, and what is to be done with what it said. */
type State = { usage: Usage } & ({ page: WrittenPage } | { draft: Draft } | { isUnusable: true });

const MAX_TOKENS = 3_500;

/** Tokens of one page: a call, and another to correct it. */
export const generationTokens = ({ prompt }: Pick<Input, "prompt">): number =>
  2 * (estimateTokens(pagePrompt() + prompt) + MAX_TOKENS) + MAX_TOKENS;

const taskOf = ({ prompt, tone, title, locale }: Input, siteName: string): Task<WrittenPage> => ({
  system: pagePrompt(),
  payload: {
    task: "generate_page",
    language: locale,
    site: siteName,
    tone: tone ?? null,
    title: title ?? null,
    prompt,
  },
  maxTokens: MAX_TOKENS,
  read: (answer) => readWrittenPage(answer, locale),
});

/** Asks the model for the page, or to correct the one it has written. */
async function write(
  ctx: Ctx,
  input: Input,
  siteName: string,
  state: { usage: Usage; draft: Draft } | null,
): Promise<State> {
  const meter = new Meter(state?.usage);
  const provider = configuredProvider(ctx.env);
  const asked = await askOnce(provider, taskOf(input, siteName), meter, state?.draft ?? null);
  const { usage } = meter;
  if ("result" in asked) return { usage, page: asked.result };
  return state ? { usage, isUnusable: true } : { usage, draft: asked.draft };
}

/** The draft as it is stored, and what is told of it. */
async function save(ctx: Ctx, siteId: string, input: Input, { page, usage }: { page: WrittenPage; usage: Usage }) {
  const { locale, title, parentId } = input;
  const fields = { ...page, title: title ?? page.title, locale, ...(parentId && { parentId }) };
  const created = await createPage({ ctx, input: { siteId, page: { ...fields, status: "draft" } } });
  return {
    pageId: created.id,
    title: created.title,
    slug: created.slug,
    locale: created.locale,
    usage: toUsage(usage),
  };
}

/**
 * Writes a draft of a page: one step asks the model, one has it correct itself where that is needed, one saves. Its tokens
 * are held back under its id and settled once it has ended, with what its steps have used by then.
 */
export const GENERATE_JOB = defineJob<Input, State, Awaited<ReturnType<typeof save>>>({
  name: "ai_generate",
  scope: "ai:write",
  input: InputSchema,
  leaseMs: 120_000,
  async step(ctx, { job, input, state }) {
    const siteId = job.siteId as string;
    const site = await findSite(ctx, siteId);
    if (state && "isUnusable" in state) throw asFinal(unusable());
    if (state && "page" in state) return { result: await save(ctx, siteId, input, state) };
    await holdTokens(ctx, job.id, generationTokens(input)).catch((error: unknown) => {
      throw asFinal(error);
    });
    const next = await write(ctx, input, site.name, state);
    if ("page" in next) return { state: next, progress: 80, step: "Saving the draft" };
    return { state: next, progress: 60, step: "Having the page corrected" };
  },
  afterwards: (ctx, job) => {
    const { inputTokens = 0, outputTokens = 0 } = (job.state as State | null)?.usage ?? {};
    return settleTokens(ctx, job.id, inputTokens + outputTokens);
  },
});

/** An error that trying again in a moment would not mend: the job has failed by it. */
function asFinal(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  const { code, message, details } = error;
  if (code === "rate_limited") {
    const used = "The month's AI tokens are used up.";
    return new DomainError("feature_limit_reached", used, { reason: "ai_tokens_used_up" });
  }
  return details.reason === "ai_answer_unusable" ? new DomainError("bad_request", message, details) : error;
}
