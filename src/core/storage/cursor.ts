import { invalid } from "../errors.ts";

/** Where a list goes on: after this value of the sort column and, among equals, after this id. */
export interface Position {
  value: string | number;
  id: string;
}

const encode = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const decode = (text: string): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0)),
  );

/** An opaque cursor. `list` names the list and its order, so that it fits nowhere else. */
export const encodeCursor = (list: string, { value, id }: Position): string =>
  encode(JSON.stringify([list, value, id]));

/** Reads a cursor, or throws a validation error: damaged, made up, or of another list or order. */
export function decodeCursor(list: string, cursor: string): Position {
  let parts: unknown;
  try {
    parts = JSON.parse(decode(cursor));
  } catch {
    throw invalid("cursor", "is not a cursor this API has given out");
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw invalid("cursor", "is not a cursor this API has given out");
  const [ofList, value, id] = parts;
  if (ofList !== list) throw invalid("cursor", "belongs to another list or another order");
  if ((typeof value !== "string" && !Number.isFinite(value)) || typeof id !== "string") {
    throw invalid("cursor", "is not a cursor this API has given out");
  }
  return { value, id };
}
