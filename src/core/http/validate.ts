import type { z } from "@hono/zod-openapi";
import { DomainError } from "../errors.ts";

/** zod's issues as field path → messages, with fields that are not known named one by one. */
function fieldsOf(issues: readonly z.core.$ZodIssue[], whole: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  const add = (path: PropertyKey[], message: string) => {
    const name = path.length > 0 ? path.map(String).join(".") : whole;
    fields[name] = [...(fields[name] ?? []), message];
  };
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) add([...issue.path, key], "is not a known field");
    } else add([...issue.path], issue.message);
  }
  return fields;
}

/** Parses a part of the request, or throws a validation error that names every wrong field. */
export function parseWith<T extends z.ZodType>(schema: T, value: unknown, whole: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = fieldsOf(result.error.issues, whole);
  const [name, messages] = Object.entries(fields)[0] as [string, string[]];
  const more = Object.keys(fields).length - 1;
  const rest = more > 0 ? ` (and ${more} more ${more === 1 ? "field" : "fields"})` : "";
  throw new DomainError("validation_failed", `${name}: ${messages[0]}${rest}`, { fields });
}

/** Query parameters as an object; one given twice is refused, since readers would disagree on which counts. */
export function queryObject(search: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of search) {
    if (Object.hasOwn(values, name)) {
      throw new DomainError("validation_failed", `${name}: is given twice`, { fields: { [name]: ["is given twice"] } });
    }
    if (value.includes("\0")) {
      throw new DomainError("validation_failed", `${name}: contains a NUL character`, {
        fields: { [name]: ["contains a NUL character"] },
      });
    }
    values[name] = value;
  }
  return values;
}
