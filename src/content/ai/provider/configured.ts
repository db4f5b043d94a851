import { DomainError } from "../../../core/errors.ts";
import { RUNTIME } from "../../../core/runtime.ts";
import type { Env } from "../../../env.ts";
import { openAiProvider } from "./openai.ts";
import type { Provider } from "./provider.ts";
import { workersAiProvider } from "./workers-ai.ts";

const DEFAULT_TIMEOUT_SECONDS = 45;
/** A call takes at most two of these, and somebody waits for it. */
const MAX_TIMEOUT_SECONDS = 60;

/** A model of Workers AI that writes the languages of the product and answers in JSON. */
const WORKERS_AI_MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

const notConfigured = (missing: string): DomainError =>
  new DomainError("unavailable", `AI is not set up on this server: ${missing}.`, {
    reason: "ai_not_configured",
    retryAfterSeconds: 3_600,
  });

/** Whether there is somebody to ask; throws 503 that says what to set. Costs no call. */
export function requireConfigured(env: Env): void {
  if (env.AI_BASE_URL) {
    if (!env.AI_MODEL) throw notConfigured("set AI_MODEL to a model that the server at AI_BASE_URL has");
    if (!URL.canParse(env.AI_BASE_URL)) throw notConfigured("AI_BASE_URL is no address");
  } else if (!env.AI) {
    throw notConfigured(
      "set AI_BASE_URL and AI_MODEL, and the secret AI_API_KEY if it asks for one, or bind Workers AI as AI",
    );
  }
}

const timeoutOf = ({ AI_TIMEOUT_SECONDS }: Env): number => {
  const seconds = Number(AI_TIMEOUT_SECONDS);
  return 1_000 * (seconds > 0 ? Math.min(MAX_TIMEOUT_SECONDS, seconds) : DEFAULT_TIMEOUT_SECONDS);
};

/** Who answers questions on this server: the address in `AI_BASE_URL` or else Workers AI. */
export function configuredProvider(env: Env): Provider {
  requireConfigured(env);
  const timeoutMs = timeoutOf(env);
  if (env.AI_BASE_URL) {
    const settings = { baseUrl: env.AI_BASE_URL, model: env.AI_MODEL, apiKey: env.AI_API_KEY ?? null, timeoutMs };
    return openAiProvider(settings, RUNTIME);
  }
  return workersAiProvider(env.AI as never, { model: env.AI_MODEL || WORKERS_AI_MODEL, timeoutMs }, RUNTIME);
}
