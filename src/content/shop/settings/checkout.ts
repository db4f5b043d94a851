import { z } from "@hono/zod-openapi";
import { UrlSchema } from "../../../core/fields.ts";

export const CheckoutSettingsSchema = z
  .strictObject({
    termsUrl: UrlSchema.nullable().default(null).meta({
      example: "/terms",
      description: "Where the terms stand that customers have to accept; null: none",
    }),
  })
  .meta({ description: "What visitors are asked when they order" });
