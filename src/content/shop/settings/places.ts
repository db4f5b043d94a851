import { z } from "@hono/zod-openapi";
import { COUNTRIES } from "../../../core/countries.ts";

/** A country, known to ISO or not: Kosovo's `XK` is not. */
export const CountrySchema = z.string().regex(/^[A-Z]{2}$/, "must be an ISO 3166 country code such as NL");

/** Stands for every country that is not named. */
export const ANYWHERE = "*";

/** A country, or all that have nothing of their own. */
export const PlaceSchema = z
  .enum([ANYWHERE, ...COUNTRIES], "must be an ISO 3166 country code such as NL, or * for all others")
  .openapi("ShopPlace", {
    description: "A country by its ISO 3166 code, or `*` for all others",
    example: "NL",
  });

/** Kinds of things that are taxed alike. What says nothing of it is `standard`. */
export const TaxClassSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "must be 1 to 40 lower-case letters, digits and hyphens, a letter first")
  .meta({
    example: "standard",
    description: "What is taxed alike has the same class; `standard` unless it is told",
  });

export const STANDARD = "standard";
