import { z } from "@hono/zod-openapi";
import { CheckoutSettingsSchema } from "./checkout.ts";
import { PaymentSchema } from "./payment.ts";
import { ReviewSettingsSchema } from "./reviews.ts";
import { ShippingSchema } from "./shipping.ts";
import { TaxSchema } from "./tax.ts";

/** How a website sells, as its `settings.shop` say. Read as they are now: no publish is needed for them to hold. */
export const ShopSettingsSchema = z
  .strictObject({
    tax: TaxSchema.default(TaxSchema.parse({})),
    shipping: ShippingSchema.default(ShippingSchema.parse({})),
    payment: PaymentSchema.default(PaymentSchema.parse({})),
    checkout: CheckoutSettingsSchema.default(CheckoutSettingsSchema.parse({})),
    reviews: ReviewSettingsSchema.default(ReviewSettingsSchema.parse({})),
    lowStockAt: z
      .int("must be a whole number")
      .min(0, "must not be negative")
      .max(1_000_000_000)
      .nullable()
      .default(null)
      .meta({
        description: "A stock of this or less is low, for products that say nothing else; null: never",
      }),
  })
  .openapi("ShopSettings", {
    description: "How the website sells: tax, shipping, payment, low stock",
  });

export type ShopSettings = z.output<typeof ShopSettingsSchema>;

const UNSAID = ShopSettingsSchema.parse({});

/** How a website sells. What it does not say: nothing is taxed, and nothing is asked for shipping. */
export function shopSettingsOf({ settings }: { settings: Record<string, unknown> }): ShopSettings {
  const parsed = ShopSettingsSchema.safeParse(settings.shop ?? {});
  return parsed.success ? parsed.data : UNSAID;
}
