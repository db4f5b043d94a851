import { invalid } from "../../core/errors.ts";
import { type ContentType, ENDINGS, isTaken, isText } from "./types.ts";

/** As many of its first bytes as tell what a file is; office documents name themselves within their first entries. */
export const SNIFFED_BYTES = 65_536;

/** Names that the library has for what we call otherwise. */
const ALIASES: Record<string, ContentType> = { "image/apng": "image/png", "video/x-m4v": "video/mp4" };

/** Whether bytes are text and nothing else; one character may be cut at their end. */
function isUtf8(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * What a file is by its first bytes, whatever was said of it. `declared` decides between kinds of text only, and what is
 * declared otherwise than it is, is refused; `application/octet-stream` declares nothing. `field` is what a refusal names.
 */
export async function sniff(head: Uint8Array, declared: string, field: string): Promise<ContentType> {
  const { fileTypeFromBuffer } = await import("file-type");
  const mime = (await fileTypeFromBuffer(head))?.mime ?? (isText(declared) && isUtf8(head) ? declared : null);
  const found = mime && (ALIASES[mime] ?? mime);
  if (found === null) {
    const notTaken = `is no kind of file that is taken, which are ${ENDINGS}`;
    throw invalid(field, isText(declared) ? "is not text in UTF-8" : notTaken);
  }
  if (!isTaken(found)) throw invalid(field, `is ${found}, which is not taken`);
  if (declared !== found && declared !== "application/octet-stream") {
    throw invalid(field, `is ${found}, not ${declared.slice(0, 100)}`);
  }
  return found;
}
