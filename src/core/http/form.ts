import { sha256 } from "../sha256.ts";
import { DomainError, invalid } from "../errors.ts";

const isForm = (type: string | null): boolean => /^multipart\/form-data\s*;/i.test(type?.trim() ?? "");

/** Whether a request says that its body is a form. */
export const sendsForm = (request: Request): boolean => isForm(request.headers.get("Content-Type"));

type Fields = Record<string, string | File>;

/** What was read of a request's form: its digest and its fields come of one reading. */
const forms = new WeakMap<Request, Promise<Fields>>();

/** The fields of a `multipart/form-data` body: texts, and files with the name and type their parts were given. */
export function parseForm(request: Request, bytes: Uint8Array): Promise<Fields> {
  const form = forms.get(request) ?? readForm(request, bytes);
  forms.set(request, form);
  return form;
}

async function readForm(request: Request, bytes: Uint8Array): Promise<Fields> {
  const type = request.headers.get("Content-Type");
  if (type === null || !isForm(type)) {
    const named = type === null ? "" : `, not ${type.slice(0, 80)}`;
    throw new DomainError("unsupported_media_type", `Send the body as multipart/form-data${named}.`);
  }
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
  } catch {
    throw new DomainError("bad_request", "The request body is not valid multipart/form-data.");
  }
  const fields = new Map<string, string | File>();
  for (const [name, value] of form) {
    if (fields.has(name)) throw invalid(name.slice(0, 200), "is given twice");
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** What two forms are told apart by: the same fields are the same form, whatever divides them on the wire. */
export async function formDigest(request: Request, bytes: Uint8Array): Promise<Uint8Array> {
  const fields = await parseForm(request, bytes).catch(() => null);
  if (!fields) return bytes;
  const parts = await Promise.all(
    Object.entries(fields).map(async ([name, value]) =>
      typeof value === "string"
        ? [name, value]
        : [name, value.name, value.type, await sha256(new Uint8Array(await value.arrayBuffer()))],
    ),
  );
  return new TextEncoder().encode(JSON.stringify(parts));
}
