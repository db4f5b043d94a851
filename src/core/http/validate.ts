import type { z } from "@hono/zod-openapi";
import { invalid, invalidFields } from "../errors.ts";
import "./wording.ts";

/** A body may hold a hundred thousand wrong fields with endless names; an answer names this much of them. */
const MAX_NAMED_FIELDS = 100;
const MAX_NAME_LENGTH = 200;

/** What stands at a path of the request; undefined where nothing does. */
export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((it, name) => (it as Record<PropertyKey, unknown> | null | undefined)?.[name], value);

/** What a field's own words say of a wrong value says nothing to who has left it out: a conditional rule's words do. */
const wordsOf = (issue: z.core.$ZodIssue, value: unknown): string =>
  issue.code !== "custom" && issue.path.length > 0 && valueAt(value, issue.path) === undefined
    ? "is required"
    : issue.message;

/** zod's issues as field path → messages, with fields that are not known named one by one. */
function fieldsOf(issues: readonly z.core.$ZodIssue[], value: unknown, whole: string): Record<string, string[]> {
  // A caller's field may be called `constructor` or `toString`: a map knows only what was put into it.
  const fields = new Map<string, string[]>();
  const add = (path: PropertyKey[], message: string) => {
    const name = (path.length > 0 ? path.map(String).join(".") : whole).slice(0, MAX_NAME_LENGTH);
    if (fields.size < MAX_NAMED_FIELDS || fields.has(name)) fields.set(name, [...(fields.get(name) ?? []), message]);
  };
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) add([...issue.path, key], "is not a known field");
    } else add([...issue.path], wordsOf(issue, value));
  }
  return Object.fromEntries(fields);
}

/** Parses a part of the request, or throws a validation error that names every wrong field. */
export function parseWith<T extends z.ZodType>(schema: T, value: unknown, whole: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidFields(fieldsOf(result.error.issues, value, whole));
}

/** Query parameters as an object; one given twice is refused, since readers would disagree on which counts. */
export function queryObject(url: string): Record<string, string> {
  if (!url.includes("?")) return {};
  const values = new Map<string, string>();
  for (const [name, value] of new URL(url).searchParams) {
    const shown = name.slice(0, MAX_NAME_LENGTH);
    if (values.has(name)) throw invalid(shown, "is given twice");
    if (value.includes("\0")) throw invalid(shown, "contains a NUL character");
    // What is not UTF-8, half surrogate pairs for one, is read as this character; where nobody has sent that, text is lost.
    if ((name + value).includes("\ufffd") && !/%ef%bf%bd/i.test(url)) throw invalid(shown, "is not valid UTF-8");
    values.set(name, value);
  }
  return Object.fromEntries(values);
}

/** Questions kept of each schema, and how long the longest is: the few that callers ask again and again. */
const MAX_KEPT = 100;
const MAX_KEPT_LENGTH = 200;
const kept = new WeakMap<z.ZodType, Map<string, unknown>>();

/**
 * The query of an address as its schema reads it. What the same text has meant before it means again; finding that out
 * took a twentieth of a read. Throws a validation error that names every wrong parameter.
 */
export function parseQuery<T extends z.ZodType>(schema: T, url: string): z.output<T> {
  const start = url.indexOf("?");
  const search = start < 0 ? "" : url.slice(start);
  const parsedBefore = kept.get(schema)?.get(search);
  if (parsedBefore !== undefined) return parsedBefore as z.output<T>;
  const query = parseWith(schema, queryObject(url), "query");
  if (search.length <= MAX_KEPT_LENGTH) {
    const questions = kept.get(schema) ?? new Map<string, unknown>();
    if (questions.size >= MAX_KEPT) questions.clear();
    kept.set(schema, questions.set(search, Object.freeze(query)));
  }
  return query;
}
