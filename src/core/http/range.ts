/** A part of something, in bytes. */
export interface Part {
  offset: number;
  length: number;
}

/**
 * The part a request asks for (RFC 9110 §14.2): `null` for the whole, which is also the answer to several parts at once,
 * to what is no range of bytes, and to an `If-Range` that means another state.
 */
export function rangeOf(
  headers: Headers,
  { size, etag }: { size: number; etag: string },
): Part | null | "unsatisfiable" {
  const ifRange = headers.get("If-Range");
  if (ifRange !== null && ifRange.trim() !== etag) return null;
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(headers.get("Range") ?? "");
  const [first, last] = [match?.[1] ?? "", match?.[2] ?? ""];
  if (!match || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < offset) return null;
  return offset >= size ? "unsatisfiable" : { offset, length: end - offset + 1 };
}
