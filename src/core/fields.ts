import { z } from "@hono/zod-openapi";
import { BREAKS, DIRECTIONS, LINE, WEB_URL_OR_PATH } from "./patterns.ts";
import { PUBLICATION_STATUSES } from "./publication.ts";

/** One of the names there are today, in answers: more may come, so that clients must not take the list for complete. */
export const openEnum = (names: readonly string[]) => z.string().meta({ enum: [...names] });

/** A schema of its arguments, made once for the same ones: making schemas is most of what a start-up takes. */
export function madeOnce<Args extends unknown[], Schema>(make: (...args: Args) => Schema): (...args: Args) => Schema {
  const made = new Map<string, Schema>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = made.get(key) ?? make(...args);
    made.set(key, known);
    return known;
  };
}

/** Text of at most so many characters, counted as JSON Schema counts them: an emoji beyond the first plane is one. */
export const text = madeOnce((max: number, message?: string) =>
  z
    .string(message)
    .refine((it) => it.length <= max || [...it].length <= max, `must have at most ${max} characters`)
    // For tools, whose arguments are described by the validator itself.
    .meta({ maxLength: max })
    .meta({ maxLength: max }),
);

const BREAK = new RegExp(`[${BREAKS}]`);
const TURN = new RegExp(`[${DIRECTIONS}]`);

/** Text on one line: nothing that breaks it, nothing that turns the direction of what follows, and something to see. */
export const line = madeOnce((max: number) =>
  text(max)
    .trim()
    .min(1, "must have at least 1 character")
    .refine((it) => !BREAK.test(it), "must be one line without control characters")
    .refine((it) => !TURN.test(it), "must not override the direction of text")
    .refine(
      (it) => it === "" || /[^\p{Z}\p{C}\p{M}\u115f\u1160\u3164\uffa0]/u.test(it),
      "must have a visible character",
    )
    .meta({ maxLength: max, pattern: LINE }),
);

/** How an object is described whose names have a form; the types of OpenAPI 3.0 do not know the word. */
export const namedLike = ({ source }: RegExp): object => ({ propertyNames: { pattern: source } });

/** Entries of whatever a caller likes, at most a hundred of them; stored as JSON of at most so many bytes. */
export const freeObject = (maxBytes: number) =>
  z
    .record(text(100), z.unknown())
    .refine((value) => Object.keys(value).length <= 100, "must have at most 100 entries")
    .refine(...storedWithin(maxBytes))
    .meta({ type: "object", maxProperties: 100 });

/** The same, where those in `known` are what their schemas say. */
export const looseObject = <Known extends z.ZodRawShape>(maxBytes: number, known: Known) =>
  z
    .looseObject(known)
    .refine((value) => Object.keys(value).every((name) => [...name].length <= 100), "has a name of over 100 characters")
    .refine((value) => Object.keys(value).length <= 100, "must have at most 100 entries")
    .refine(...storedWithin(maxBytes))
    .meta({ maxProperties: 100 });

/** For `refine`: JSON of at most this many bytes. Stored twice in one audit row, it has to stay below D1's 2 MB. */
export const storedWithin = (maxBytes: number): [(value: unknown) => boolean, string] => [
  // A body's own size does not bound it: 1E15 is written out when it is stored.
  (value) => new TextEncoder().encode(JSON.stringify(value)).length <= maxBytes,
  `must take at most ${maxBytes} bytes as JSON`,
];

/** Lower-case letters and digits in groups joined by single hyphens, as they stand in an address. */
export const SlugSchema = z
  .string()
  .min(1, "must have at least 1 character")
  .max(100, "must have at most 100 characters")
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "may hold only lower-case letters, digits and single hyphens between them")
  .meta({ example: "contact" });

export const LOCALE = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/;

/** A BCP 47 language tag of language, script and region: `en`, `de-AT`, `zh-Hant-TW`. */
export const LocaleSchema = z
  .string()
  .regex(LOCALE, "must be a language tag such as en or de-AT")
  .meta({ example: "en" });

/** An absolute http(s) address or a path on the site itself. */
export const UrlSchema = text(2_000)
  // Browsers read a backslash as a slash and overlook line breaks, so that `/\\host` would lead elsewhere.
  .refine(
    (value) => !/[\s\p{Cc}\p{Cf}\p{Cs}]/u.test(value) && (/^\/(?![/\\])/.test(value) || isWebUrl(value)),
    "must be an http(s) URL or a path starting with /",
  )
  .openapi("Link", {
    pattern: WEB_URL_OR_PATH,
    description: "An http(s) address, or a path on the website itself",
  });

/** Whether a text is an absolute http(s) address. */
export function isWebUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}

/** An e-mail address; the pattern says more than the format, which allows quoted names and hosts without a dot. */
export const EmailSchema = z
  .email("must be an email address")
  .max(254, "must have at most 254 characters")
  .meta({ pattern: z.regexes.email.source, example: "ada@example.com" });

export const PublicationStatusSchema = z.enum(PUBLICATION_STATUSES, "must be draft, published or archived");

export const TimestampSchema = z.iso.datetime().meta({ example: "2026-05-26T12:00:00.000Z" });

/** An ISO 8601 date and time of any offset, as milliseconds. */
export const MomentSchema = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 date and time" })
  .transform((text) => Date.parse(text))
  .meta({ type: "string", format: "date-time" });

/** The same, or nothing. */
export const MomentOrNullSchema = MomentSchema.nullable().register(z.globalRegistry, {
  type: ["string", "null"],
  format: "date-time",
});

/** A day of the calendar, wherever on earth: `2026-05-26`. */
export const DateSchema = z.iso.date("must be a date such as 2026-05-26").meta({ example: "2026-05-26" });

export const timestamp = (ms: number): string => new Date(ms).toISOString();
export const timestampOrNull = (ms: number | null): string | null => (ms === null ? null : timestamp(ms));
