import { DomainError } from "../../../core/errors.ts";
import type { Message, Provider, Usage } from "../provider/provider.ts";
import { jsonIn } from "./json.ts";
import { estimateTokens } from "./estimate.ts";

/** What is wanted of a model: a question, and what its answer has to be. */
export interface Task<Result> {
  /** What it is to do and how it is to answer. */
  system: string;
  /** What it is to do it with: data, whatever stands in it. */
  payload: object;
  maxTokens: number;
  /** The result, or what is wrong with the answer, in words for the model. */
  read(answer: unknown): Result | Problems;
}

export interface Problems {
  problems: string[];
}

/** Counts the tokens of all calls of one piece of work. */
export class Meter {
  readonly usage: Usage = { inputTokens: 0, outputTokens: 0 };

  constructor(usage?: Usage) {
    if (usage) this.usage = { ...usage };
  }

  get total(): number {
    return this.usage.inputTokens + this.usage.outputTokens;
  }

  add({ inputTokens, outputTokens }: Usage): void {
    this.usage.inputTokens += inputTokens;
    this.usage.outputTokens += outputTokens;
  }
}

/** An answer that could not be used, to be corrected. */
export interface Draft {
  answer: string;
  problems: string[];
}

/** No more of a wrong answer is shown to its author again. */
const MAX_SHOWN = 20_000;

const isProblems = (read: unknown): read is Problems =>
  typeof read === "object" && read !== null && "problems" in read && Array.isArray(read.problems);

function messagesOf({ system, payload }: Task<unknown>, draft: Draft | null): Message[] {
  const messages: Message[] = [
    { role: "system", content: system },
    { role: "user", content: JSON.stringify(payload) },
  ];
  if (!draft) return messages;
  const list = draft.problems.map((it) => `- ${it}`).join("\n");
  return [
    ...messages,
    { role: "assistant", content: draft.answer.slice(0, MAX_SHOWN) },
    {
      role: "user",
      content: `That answer cannot be used:\n${list}\nAnswer again, with the corrected JSON object alone.`,
    },
  ];
}

/** Asks once: the result, or the answer with what is wrong with it. What it took is added to the meter. */
export async function askOnce<Result>(
  provider: Provider,
  task: Task<Result>,
  meter: Meter,
  draft: Draft | null = null,
): Promise<{ result: Result } | { draft: Draft }> {
  const messages = messagesOf(task, draft);
  const { text, usage } = await provider.ask({ messages, maxTokens: task.maxTokens });
  meter.add(
    usage ?? {
      inputTokens: estimateTokens(messages.map(({ content }) => content).join("\n")),
      outputTokens: estimateTokens(text),
    },
  );
  const json = jsonIn(text);
  const read = json === undefined ? { problems: ["it is not one complete JSON object"] } : task.read(json);
  return isProblems(read) ? { draft: { answer: text, problems: read.problems } } : { result: read };
}

/** The model's answers made no sense, twice. */
export const unusable = (): DomainError =>
  new DomainError("unavailable", "The AI model's answer could not be used, even after it was asked to correct it.", {
    reason: "ai_answer_unusable",
    retryAfterSeconds: 10,
  });

/** Asks, and once more with what was wrong with the first answer. */
export async function ask<Result>(provider: Provider, task: Task<Result>, meter: Meter): Promise<Result> {
  const first = await askOnce(provider, task, meter);
  if ("result" in first) return first.result;
  const second = await askOnce(provider, task, meter, first.draft);
  if ("result" in second) return second.result;
  throw unusable();
}
