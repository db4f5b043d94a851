import { z } from "@hono/zod-openapi";

/** Text on one line. */
export const line = (max: number) =>
  z
    .string("must be text")
    .trim()
    .min(1, "must have at least 1 character")
    .max(max, `must have at most ${max} characters`);

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
  .refine((value) => /^\/(?!\/)/.test(value) || isWebUrl(value), "must be an http(s) URL or a path starting with /");

function isWebUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}

export const TimestampSchema = z.iso.datetime().openapi({ example: "2026-05-26T12:00:00.000Z" });

export const timestamp = (ms: number): string => new Date(ms).toISOString();
export const timestampOrNull = (ms: number | null): string | null => (ms === null ? null : timestamp(ms));
