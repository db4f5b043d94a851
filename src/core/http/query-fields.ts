import { z } from "@hono/zod-openapi";
import { madeOnce, text } from "../fields.ts";
import { SEARCH } from "../patterns.ts";

/** A whole number within bounds, as a query string spells it. */
export const wholeQuery = madeOnce((min: number, max: number, message: string = "must be a whole number") =>
  z
    .string()
    .regex(/^-?\d{1,16}$/, message)
    .transform(Number)
    .pipe(z.int(message).min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))
    .meta({ type: "integer", minimum: min, maximum: max }),
);

/** The id of something on the Platform API, as a query string spells it. */
export const idQuery = (message: string) => wholeQuery(1, Number.MAX_SAFE_INTEGER, message);

/** How `listed` is described: names joined by commas, each of them one of these and named once. */
export const namesOf = (names: readonly string[]) => ({
  type: "array" as const,
  items: { type: "string" as const, enum: [...names] },
  minItems: 1,
  uniqueItems: true,
  param: { style: "form" as const, explode: false },
});

/** `search` as clients send it; what it is matched against is the list's. */
export const SearchSchema = text(200).trim().min(1, "must not be empty").meta({
  maxLength: 200,
  pattern: SEARCH,
  description: "What the items must contain, whatever the case and the accents",
});

/** How a moment in a query is described. */
export const MOMENT = {
  anyOf: [
    { type: "string" as const, format: "date-time" },
    { type: "string" as const, format: "date" },
  ],
};

/** A date and time, or a date, which means its midnight in UTC. */
export const momentQuery = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], "must be an ISO 8601 date")
  .transform((text) => Date.parse(text))
  .openapi(MOMENT);
