import { startModelServer } from "../model/server.ts";

/**
 * Who answers for AI while developing: what `AI_BASE_URL` and `AI_MODEL` name, with `AI_API_KEY` in `.dev.vars`; without them
 * a local model server, started beside this one, that answers by rules.
 */
export async function modelSettings({ AI_BASE_URL, AI_MODEL }: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  if (AI_BASE_URL) return { AI_BASE_URL, AI_MODEL: AI_MODEL ?? "" };
  return { AI_BASE_URL: await startModelServer(), AI_MODEL: "local-model" };
}
