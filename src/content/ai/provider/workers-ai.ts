import type { Runtime } from "../../../core/runtime.ts";
import { type ModelAnswer, noAnswer, type Provider, tooSlow, type Usage } from "./provider.ts";

/** The binding, as far as it is used: its own types name every model there was when they were made. */
export interface AiBinding {
  run(model: string, input: object): Promise<unknown>;
}

export interface WorkersAiSettings {
  model: string;
  timeoutMs: number;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

function usageIn(value: unknown): Usage | null {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = Object(value) as Record<string, unknown>;
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null;
}

/** `{ response, usage }`, where the response is text or, from some models in JSON mode, the object itself. */
function answerIn(value: unknown): ModelAnswer {
  const { response, usage } = Object(value) as Record<string, unknown>;
  const text = typeof response === "string" ? response : response ? JSON.stringify(response) : "";
  return { text, usage: usageIn(usage) };
}

/** Workers AI by its binding. */
export function workersAiProvider(
  ai: AiBinding,
  settings: WorkersAiSettings,
  { deadline }: Pick<Runtime, "deadline">,
): Provider {
  const { model, timeoutMs } = settings;
  return {
    async ask({ messages, maxTokens }) {
      const limit = deadline(timeoutMs);
      const late = new Promise<never>((_, reject) => {
        limit.signal.addEventListener("abort", () => reject(tooSlow(timeoutMs / 1000)));
      });
      try {
        const input = { messages, max_tokens: maxTokens, response_format: { type: "json_object" } };
        return answerIn(await Promise.race([ai.run(model, input), late]));
      } catch (error) {
        if (error instanceof Error && error.name === "DomainError") throw error;
        throw noAnswer("ai_unavailable", "The AI provider does not answer. Please retry.", 10, error);
      } finally {
        limit.clear();
      }
    },
  };
}
