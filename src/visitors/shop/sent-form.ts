import { readBytes } from "../../core/http/body.ts";
import { DomainError } from "../../core/errors.ts";
import { plain } from "../visit.ts";

/** Bytes of a form, and how long a sender may take over it. */
const LIMIT = { maxBytes: 64_000, deadlineMs: 30_000 };
const MAX_FIELDS = 200;

/** What a form says, field by field: the first of a name counts, and what was left out is empty. */
export interface SentForm {
  text(name: string): string;
  has(name: string): boolean;
}

/**
 * Whether a form comes from a page of the same host, as the browser says. A page that tells nobody where it leads from has
 * no origin (`null`): there it is `Sec-Fetch-Site` that says it.
 */
function isOwnForm({ url, headers }: Request): boolean {
  const [origin, fetchSite] = [headers.get("Origin"), headers.get("Sec-Fetch-Site")];
  if (fetchSite !== null && fetchSite !== "same-origin") return false;
  if (origin !== null && origin !== "null") return origin === new URL(url).origin;
  return fetchSite === "same-origin";
}

/** The fields of a form that a page of the site has sent, or the answer to whatever else came: 403, 413, 415. */
export async function readForm(request: Request): Promise<SentForm | Response> {
  if (!isOwnForm(request)) return plain(request, 403, "This form can only be sent from a page of this website.");
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type.trim()) || request.headers.has("Content-Encoding")) {
    return plain(request, 415, "Send the form as application/x-www-form-urlencoded.");
  }
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(request, LIMIT);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return plain(request, error.code === "payload_too_large" ? 413 : 400, error.message);
  }
  const sent = new URLSearchParams(new TextDecoder().decode(bytes));
  if ([...sent.keys()].length > MAX_FIELDS) return plain(request, 413, "The form has too many fields.");
  // Line breaks come as CRLF (HTML standard §4.10.21.7).
  const text = (name: string) => (sent.get(name) ?? "").replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
  return { text, has: (name) => sent.has(name) };
}
