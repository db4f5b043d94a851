import { invalid } from "../../core/errors.ts";
import { MAX_LINE_BYTES } from "./format.ts";

/** The lines of a stream of UTF-8, without empty ones; no more than one of them is held at a time. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let rest = "";
  const decoded = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw invalid("archive", "has text that is not UTF-8");
    }
  };
  for await (const chunk of stream) {
    const lines = (rest + decoded(chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_LINE_BYTES) throw invalid("archive", `has a line of more than ${MAX_LINE_BYTES} characters`);
    for (const line of lines) if (line.trim() !== "") yield line;
  }
  rest += decoded();
  if (rest.trim() !== "") yield rest;
}

/** A record a line, as it stands in an archive. */
export const jsonLines = (records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");
