import { z } from "zod";
import type { Runtime } from "../../core/runtime.ts";

const TIMEOUT_MS = 5_000;

/** Codes of DNS (RFC 1035): the answer is complete, or the name does not exist; the type of a TXT record. */
const [NO_ERROR, NO_SUCH_NAME, TXT] = [0, 3, 16];

const AnswerSchema = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).optional(),
});

/** The text of a record: its parts stand in quotes, or all of it without. */
function textOf(data: string): string {
  const parts = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = ""]) => part);
  return parts.length > 0 ? parts.join("") : data;
}

/** The TXT records of a name, asked of a resolver by HTTPS; `null` when it could not tell. */
export async function txtRecords(
  resolver: string,
  name: string,
  { fetch, deadline }: Pick<Runtime, "fetch" | "deadline">,
): Promise<string[] | null> {
  const url = new URL(resolver);
  url.searchParams.set("name", name);
  url.searchParams.set("type", "TXT");
  const limit = deadline(TIMEOUT_MS);
  try {
    const response = await fetch(url, { headers: { Accept: "application/dns-json" }, signal: limit.signal });
    const { Status, Answer = [] } = AnswerSchema.parse(await response.json());
    if (Status === NO_SUCH_NAME) return [];
    return Status === NO_ERROR ? Answer.filter(({ type }) => type === TXT).map(({ data }) => textOf(data)) : null;
  } catch {
    return null;
  } finally {
    limit.clear();
  }
}
