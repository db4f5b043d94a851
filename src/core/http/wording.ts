import { z } from "@hono/zod-openapi";

const KINDS: Record<string, string> = {
  string: "must be text",
  number: "must be a number",
  int: "must be a whole number",
  boolean: "must be true or false",
  array: "must be a list",
  object: "must be an object",
  record: "must be an object",
};

const FORMATS: Record<string, string> = {
  email: "must be an email address",
  url: "must be an address",
  datetime: "must be an ISO 8601 date and time",
  date: "must be a date such as 2026-01-15",
};

const UNITS: Record<string, string> = { string: "characters", array: "entries", set: "entries" };

/** `have at least 1 character`, `be at most 100`. */
function bound(at: "least" | "most", limit: number | bigint, origin: string): string {
  const units = UNITS[origin];
  if (!units) return `must be at ${at} ${limit}`;
  const counted = limit === 1 ? { characters: "character", entries: "entry" }[units] : units;
  return `must have at ${at} ${limit} ${counted}`;
}

/** What is wrong with a field that has no words of its own, in those of the fields that have; never the validator's. */
export function wordingOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is required" : (KINDS[issue.expected] ?? "is not of the right kind");
    case "too_big":
      return bound("most", issue.maximum, issue.origin);
    case "too_small":
      return bound("least", issue.minimum, issue.origin);
    case "invalid_format":
      return FORMATS[issue.format] ?? "is not in the right form";
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.join(", ")}`;
    case "invalid_union":
      return "has none of the forms it can have";
    case "invalid_key":
      return "has a name that cannot be used";
    default:
      return undefined;
  }
}

z.config({ customError: wordingOf });
