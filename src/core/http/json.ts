import { DomainError, invalid } from "../errors.ts";

const MAX_DEPTH = 32;

/**
 * Reads JSON and refuses what other readers would read otherwise, naming where it stands: a name given twice in one
 * object, integers that a double cannot hold, NUL characters, half surrogate pairs, control characters in names,
 * `__proto__`, absurd depth.
 */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError("bad_request", "The request body is not valid JSON.", { reason: "invalid_json" });
  }
  inspect(value, "", 0);
  requireSingleNames(text);
  return value;
}

function inspect(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw invalid(path, `is nested deeper than ${MAX_DEPTH} levels`);
  if (typeof value === "string") inspectText(value, path || "body");
  if (typeof value === "number") inspectNumber(value, path || "body");
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const childPath = path ? `${path}.${key}` : key;
    if (key === "__proto__") throw invalid(path || "body", "has a field named __proto__");
    inspectText(key, path || "body");
    if (/\p{Cc}/u.test(key)) throw invalid(path || "body", "has a name with control characters");
    inspect(child, childPath, depth + 1);
  }
}

/** NUL ends strings in C and lone surrogates have no UTF-8 form: neither survives storage. */
function inspectText(text: string, path: string): void {
  if (text.includes("\0")) throw invalid(path, "contains a NUL character");
  if (!text.isWellFormed()) throw invalid(path, "contains half of a surrogate pair");
}

/** Beyond 2^53 not every integer has a double of its own: another number than the one sent would be kept. */
function inspectNumber(value: number, path: string): void {
  if (!Number.isFinite(value)) throw invalid(path, "is a number too large to keep");
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw invalid(path, "is an integer beyond 2^53, which would not be kept exactly; send it as text");
  }
}

/** An object or a list that is open where the reader stands. */
interface Open {
  /** The names an object has had so far; `null` for a list. */
  names: Set<string> | null;
  /** The name or the position of the value that is being read. */
  at: string | number;
  path: string;
}

/** `JSON.parse` keeps the last value of a name given twice, other readers the first. `text` is valid JSON. */
function requireSingleNames(text: string): void {
  const open: Open[] = [];
  let isName = false;
  for (let i = 0; i < text.length; i += 1) {
    const inner = open.at(-1);
    switch (text[i]) {
      case "{":
      case "[":
        isName = text[i] === "{";
        open.push({ names: isName ? new Set() : null, at: 0, path: inner ? pathTo(inner) : "" });
        break;
      case "}":
      case "]":
        open.pop();
        isName = false;
        break;
      case ",":
        isName = inner?.names != null;
        if (inner && typeof inner.at === "number") inner.at += 1;
        break;
      case '"': {
        const end = endOfString(text, i);
        if (isName && inner) addName(inner, JSON.parse(text.slice(i, end + 1)) as string);
        isName = false;
        i = end;
      }
    }
  }
}

const pathTo = ({ path, at }: Open): string => (path ? `${path}.${at}` : String(at));

function addName(open: Open, name: string): void {
  open.at = name;
  if (open.names?.has(name)) throw invalid(pathTo(open), "is given twice");
  open.names?.add(name);
}

/** Where the string that begins at `start` has its closing quote: the first with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}
