import { DomainError } from "../../../core/errors.ts";

export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
}

/** One question to a model. */
export interface Question {
  messages: readonly Message[];
  /** How long the answer may be. */
  maxTokens: number;
}

/** Tokens a call has used, as the provider reports them. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
}

export interface ModelAnswer {
  /** What the model has said; empty when the provider's answer made no sense. */
  text: string;
  /** `null` when the provider did not say. */
  usage: Usage | null;
}

/** Who answers questions. The rest of the product knows no provider by name. */
export interface Provider {
  /** Throws a `DomainError` (`unavailable`) when there is no answer: the provider is down, busy, slow or refuses. */
  ask(question: Question): Promise<ModelAnswer>;
}

/** The provider gave no answer; `reason` tells programs why. */
export const noAnswer = (reason: string, message: string, retryAfterSeconds = 10, cause?: unknown): DomainError =>
  Object.assign(new DomainError("unavailable", message, { reason, retryAfterSeconds }), cause ? { cause } : {});

export const tooSlow = (seconds: number): DomainError =>
  noAnswer("ai_timeout", `The AI provider did not answer within ${seconds} seconds. Please retry.`);
