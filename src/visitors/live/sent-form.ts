import { readBytes } from "../../core/http/body.ts";
import { DomainError } from "../../core/errors.ts";
import { plain } from "../visit.ts";

/** Bytes of a form, and how long a sender may take over it. */
const LIMIT = { maxBytes: 64_000, deadlineMs: 30_000 };
/** The same of one with files. */
const FILES_DEADLINE_MS = 120_000;
const MAX_FIELDS = 200;

/** What a form says, field by field. What was left out is empty. */
export interface SentForm {
  /** The first of a name. */
  text(name: string): string;
  /** All of a name, as several boxes have that are ticked. */
  texts(name: string): string[];
  /** Files of a name; of a form that may have none, none. */
  files(name: string): File[];
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

type Entries = readonly (readonly [name: string, value: string | File])[];

const isUrlencoded = (type: string): boolean => /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
const isMultipart = (type: string): boolean => /^multipart\/form-data\s*;/i.test(type);

/** The fields of a body with files; `null` for one that is none, or broke off. */
async function multipartEntries(bytes: Uint8Array, type: string): Promise<Entries | null> {
  try {
    return [...(await new Response(bytes, { headers: { "Content-Type": type } }).formData())];
  } catch {
    return null;
  }
}

/**
 * The fields of a form that a page of the site has sent, or the answer to whatever else came: 400, 403, 413, 415. With
 * `files`, of a form that may have some, of so many bytes together.
 */
export async function readForm(
  request: Request,
  files: { maxBytes: number } | null = null,
): Promise<SentForm | Response> {
  if (!isOwnForm(request)) return plain(request, 403, "This form can only be sent from a page of this website.");
  const type = (request.headers.get("Content-Type") ?? "").trim();
  const hasFiles = files !== null && isMultipart(type);
  if (!(hasFiles || isUrlencoded(type)) || request.headers.has("Content-Encoding")) {
    const also = files ? ", or as multipart/form-data" : "";
    return plain(request, 415, `Send the form as application/x-www-form-urlencoded${also}.`);
  }
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(request, hasFiles ? { ...files, deadlineMs: FILES_DEADLINE_MS } : LIMIT);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return plain(request, error.code === "payload_too_large" ? 413 : 400, error.message);
  }
  const entries = hasFiles
    ? await multipartEntries(bytes, type)
    : [...new URLSearchParams(new TextDecoder().decode(bytes))];
  if (entries === null) return plain(request, 400, "The form is not valid multipart/form-data.");
  if (entries.length > MAX_FIELDS) return plain(request, 413, "The form has too many fields.");
  return formOf(entries);
}

/** Line breaks come as CRLF (HTML standard §4.10.21.7). */
const typed = (text: string): string => text.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();

function formOf(entries: Entries): SentForm {
  const valuesOf = (name: string) => entries.flatMap(([it, value]) => (it === name ? [value] : []));
  const texts = (name: string) => valuesOf(name).flatMap((it) => (typeof it === "string" ? [typed(it)] : []));
  return {
    texts,
    text: (name) => texts(name)[0] ?? "",
    files: (name) => valuesOf(name).filter((it) => typeof it !== "string"),
    has: (name) => entries.some(([it]) => it === name),
  };
}
