import { z } from "@hono/zod-openapi";
import { line } from "../../../core/fields.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { ANYWHERE, PlaceSchema, STANDARD, TaxClassSchema } from "./places.ts";

/** A method's id: what an order names, and what stays when the method is called otherwise. */
export const ShippingMethodIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be 1 to 40 lower-case letters, digits and hyphens")
  .meta({ example: "post" });

const MethodSchema = z
  .strictObject({
    id: ShippingMethodIdSchema,
    name: line(100).meta({ example: "By post", description: "What customers read" }),
    countries: z
      .array(PlaceSchema)
      .min(1, "must name at least one country")
      .max(250, "must have at most 250 countries")
      .refine((places) => new Set(places).size === places.length, "names a country twice")
      .meta({ uniqueItems: true, description: "Where it goes; `*` is everywhere", example: ["NL", "BE"] }),
    amount: AmountSchema.meta({ example: 495, description: "What it costs, in minor units" }),
    currency: CurrencySchema.default("EUR"),
    freeFrom: AmountSchema.optional().register(z.globalRegistry, {
      example: 5_000,
      description: "What the items have to come to, after the discount, for it to cost nothing",
    }),
    taxClass: TaxClassSchema.default(STANDARD),
  })
  .openapi("ShopShippingMethod", { description: "A way in which orders reach customers" });

export type ShippingMethod = z.output<typeof MethodSchema>;

export const ShippingSchema = z
  .strictObject({
    methods: z
      .array(MethodSchema)
      .max(100, "must have at most 100 entries")
      .default([])
      .superRefine((methods, issues) => {
        const seen = new Set<string>();
        methods.forEach(({ id }, index) => {
          if (seen.has(id))
            issues.addIssue({ code: "custom", path: [index, "id"], message: "is already the id of another method" });
          seen.add(id);
        });
      })
      .meta({ description: "What customers can choose from, in this order; without any, shipping costs nothing" }),
  })
  .meta({ description: "How orders are shipped" });

/** The methods that go to a country and are paid in a currency. Where nobody knows the country, those that go everywhere. */
export const methodsTo = (
  { methods }: z.output<typeof ShippingSchema>,
  { country, currency }: { country: string | null; currency: string },
): ShippingMethod[] =>
  methods.filter(
    (it) =>
      it.currency === currency &&
      it.countries.some((place) => place === ANYWHERE || (country !== null && place === country)),
  );

/** What a method costs for items of this worth, in minor units. */
export const shippingCost = ({ amount, freeFrom }: ShippingMethod, worth: number): number =>
  freeFrom !== undefined && worth >= freeFrom ? 0 : amount;
