import { z } from "@hono/zod-openapi";
import { PUBLICATION_STATUSES } from "./publication.ts";

/** Text on one line: nothing that breaks it, nothing that turns the direction of what follows, and something to see. */
export const line = (max: number, missing = "must be text") =>
  z
    .string(missing)
    .trim()
    .min(1, "must have at least 1 character")
    .max(max, `must have at most ${max} characters`)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), "must be one line without control characters")
    .refine((text) => !/[\u202a-\u202e\u2066-\u2069]/.test(text), "must not override the direction of text")
    .refine(
      (text) => text === "" || /[^\p{Z}\p{C}\p{M}\u115f\u1160\u3164\uffa0]/u.test(text),
      "must have a visible character",
    );

/** For `refine`: JSON of at most this many bytes. Stored twice in one audit row, it has to stay below D1's 2 MB. */
export const storedWithin = (maxBytes: number): [(value: unknown) => boolean, string] => [
  // A body's own size does not bound it: 1E15 is written out when it is stored.
  (value) => new TextEncoder().encode(JSON.stringify(value)).length <= maxBytes,
  `must take at most ${maxBytes} bytes as JSON`,
];

/** Lower-case letters and digits in groups joined by single hyphens, as they stand in an address. */
export const SlugSchema = z
  .string("must be text")
  .min(1, "must have at least 1 character")
  .max(100, "must have at most 100 characters")
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "may hold only lower-case letters, digits and single hyphens between them")
  .openapi({ example: "contact" });

/** A BCP 47 language tag of language, script and region: `en`, `de-AT`, `zh-Hant-TW`. */
export const LocaleSchema = z
  .string("must be text")
  .regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/, "must be a language tag such as en or de-AT")
  .openapi({ example: "en" });

/** An absolute http(s) address or a path on the site itself. */
export const UrlSchema = z
  .string("must be text")
  .max(2_000, "must have at most 2000 characters")
  // Browsers read a backslash as a slash and overlook line breaks, so that `/\\host` would lead elsewhere.
  .refine(
    (value) => !/[\s\p{C}]/u.test(value) && (/^\/(?![/\\])/.test(value) || isWebUrl(value)),
    "must be an http(s) URL or a path starting with /",
  );

function isWebUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}

export const PublicationStatusSchema = z.enum(PUBLICATION_STATUSES, "must be draft, published or archived");

export const TimestampSchema = z.iso.datetime().openapi({ example: "2026-05-26T12:00:00.000Z" });

/** An ISO 8601 date and time of any offset, as milliseconds. */
export const MomentSchema = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 date and time" })
  .transform((text) => Date.parse(text))
  .openapi({ type: "string", format: "date-time" });

export const timestamp = (ms: number): string => new Date(ms).toISOString();
export const timestampOrNull = (ms: number | null): string | null => (ms === null ? null : timestamp(ms));
