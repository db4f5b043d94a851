import { z } from "@hono/zod-openapi";
import { LOCALE, LocaleSchema, namedLike, storedWithin } from "../../core/fields.ts";

const MAX_LOCALES = 50;
const MAX_BYTES = 400_000;

/** Texts of something in other languages than the site's own, by language tag: what one leaves out is as in that. */
export const translationsOf = <Fields extends z.ZodRawShape>(label: string, fields: Fields) =>
  z
    .record(LocaleSchema, z.strictObject(fields).openapi(label))
    .refine((value) => Object.keys(value).length <= MAX_LOCALES, `must have at most ${MAX_LOCALES} entries`)
    .refine(...storedWithin(MAX_BYTES))
    .meta({
      maxProperties: MAX_LOCALES,
      ...namedLike(LOCALE),
      description: "Its texts in other languages of the website, by language tag; what is left out is as in its own",
    });
