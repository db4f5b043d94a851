import { z } from "@hono/zod-openapi";
import type { Runtime } from "../../../core/runtime.ts";
import { type ModelAnswer, noAnswer, type Provider, type Question, tooSlow } from "./provider.ts";

export interface OpenAiSettings {
  /** With the version, without what follows: `https://api.openai.com/v1`. */
  baseUrl: string;
  model: string;
  /** `null` for a server that asks for none. */
  apiKey: string | null;
  timeoutMs: number;
}

/** What is read of an answer: a page of the largest kind several times over. */
const MAX_BYTES = 8_000_000;
/** Longest that a provider's Retry-After is passed on. */
const MAX_WAIT_SECONDS = 3_600;

const count = z.number().int().min(0).max(100_000_000);
const AnswerSchema = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string().nullish() }) }))
    .optional()
    .catch(undefined),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish().catch(null),
});

async function readText(response: Response): Promise<string> {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > MAX_BYTES) {
      // Not awaited: a sender that never ends need not agree.
      reader.cancel().catch(() => {});
      return "";
    }
    text += decoder.decode(value, { stream: true });
  }
}

function answerIn(text: string): ModelAnswer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { text: "", usage: null };
  }
  const { data } = AnswerSchema.safeParse(json);
  const usage = data?.usage;
  return {
    text: data?.choices?.[0]?.message.content ?? "",
    usage: usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : null,
  };
}

function refused(status: number, retryAfter: string | null): Error {
  const asked = Number(retryAfter);
  const seconds = Number.isFinite(asked) && asked > 0 ? Math.min(MAX_WAIT_SECONDS, Math.ceil(asked)) : 30;
  if (status === 429) return noAnswer("ai_busy", "The AI provider is busy. Please retry later.", seconds);
  if (status >= 500) return noAnswer("ai_unavailable", `The AI provider answered ${status}. Please retry.`, 10);
  return noAnswer("ai_refused", `The AI provider refused the call (${status}): its settings need a look.`, 60);
}

/** Any server that speaks the protocol of OpenAI's chat completions. */
export function openAiProvider(settings: OpenAiSettings, runtime: Pick<Runtime, "fetch" | "deadline">): Provider {
  const { baseUrl, model, apiKey, timeoutMs } = settings;
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}/chat/completions`);
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    ...(apiKey && { Authorization: `Bearer ${apiKey}` }),
  };
  return {
    async ask({ messages, maxTokens }: Question): Promise<ModelAnswer> {
      const body = { model, messages, max_tokens: maxTokens, stream: false, response_format: { type: "json_object" } };
      const limit = runtime.deadline(timeoutMs);
      try {
        const init = { method: "POST", headers, body: JSON.stringify(body), redirect: "manual" } as const;
        const response = await runtime.fetch(url, { ...init, signal: limit.signal });
        if (!response.ok) {
          response.body?.cancel().catch(() => {});
          throw refused(response.status, response.headers.get("Retry-After"));
        }
        return answerIn(await readText(response));
      } catch (error) {
        if (limit.signal.aborted) throw tooSlow(timeoutMs / 1000);
        if (error instanceof Error && error.name === "DomainError") throw error;
        throw noAnswer("ai_unavailable", "The AI provider cannot be reached. Please retry.", 10, error);
      } finally {
        limit.clear();
      }
    },
  };
}
