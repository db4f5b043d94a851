import { z } from "@hono/zod-openapi";
import { ANYWHERE, PlaceSchema, STANDARD, TaxClassSchema } from "./places.ts";

/** Up to three decimals: 8.875 percent. */
const isWrittenShort = (rate: number): boolean => /^\d+(?:\.\d{1,3})?$/.test(String(rate));

const RateSchema = z
  .strictObject({
    country: PlaceSchema,
    taxClass: TaxClassSchema.default(STANDARD),
    rate: z
      .number("must be a percentage")
      .min(0, "must not be negative")
      .max(100, "must be at most 100 percent")
      .refine(isWrittenShort, "must have at most 3 decimals")
      .meta({ example: 21, multipleOf: 0.001, description: "In percent, with at most three decimals" }),
  })
  .openapi("ShopTaxRate", { description: "How much tax something pays that goes to a country" });

export const TaxSchema = z
  .strictObject({
    included: z
      .boolean("must be true or false")
      .default(true)
      .register(z.globalRegistry, { description: "Whether prices contain their tax; else it is added to them" }),
    rates: z
      .array(RateSchema)
      .max(1_000, "must have at most 1000 entries")
      .default([])
      .superRefine((rates, issues) => {
        const seen = new Set<string>();
        rates.forEach(({ country, taxClass }, index) => {
          const key = `${country} ${taxClass}`;
          if (seen.has(key))
            issues.addIssue({
              code: "custom",
              path: [index, "country"],
              message: "is already given for this tax class",
            });
          seen.add(key);
        });
      })
      .meta({ description: "What has no rate is not taxed" }),
  })
  .meta({ description: "How what the shop sells is taxed" });

type Tax = z.output<typeof TaxSchema>;

/** Percent of tax on what goes to a country: its own rate of the class, else that of all others, else none. */
export function rateOf({ rates }: Tax, { country, taxClass }: { country: string | null; taxClass: string }): number {
  const ofClass = rates.filter((it) => it.taxClass === taxClass);
  const own = ofClass.find((it) => it.country === country) ?? ofClass.find((it) => it.country === ANYWHERE);
  return own?.rate ?? 0;
}
