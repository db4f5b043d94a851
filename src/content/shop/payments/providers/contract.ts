import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../../core/contract.ts";
import { isWebUrl, line, text, TimestampSchema } from "../../../../core/fields.ts";
import { HTTPS_URL } from "../../../../core/patterns.ts";
import { graceHours, rotationFields } from "../../../../webhooks/fields.ts";
import { listQuery } from "../../../list-query.ts";
import { itemSchema } from "../../../resource/contract.ts";

const HTTPS = new RegExp(HTTPS_URL);

const fields = {
  name: line(100).meta({ example: "Card payments", description: "What customers read" }),
  payUrl: text(1_000)
    .refine((it) => HTTPS.test(it) && isWebUrl(it), "must be an https address")
    .nullable()
    .register(z.globalRegistry, {
      pattern: HTTPS_URL,
      example: "https://pay.example.com/start",
      description:
        "Where a customer is sent to pay, with `order`, `reference`, `amount`, `currency` and `return_url` in the query; null for nowhere",
    }),
  active: z.boolean("must be true or false"),
};

export const PaymentProviderSchema = itemSchema("PaymentProvider", "pp_01KAGW6PSZ0000000000000000", {
  ...fields,
  previousSecretExpiresAt: TimestampSchema.nullable(),
});

export const NewPaymentProviderSchema = z
  .object({ ...PaymentProviderSchema.shape, secret: z.string().meta({ description: "Shown this once" }) })
  .openapi("NewPaymentProvider");

export const PaymentProviderBodies = bodiesOf({
  label: "PaymentProvider",
  fields,
  defaults: { payUrl: null, active: true },
  examples: {
    create: { name: "Card payments", payUrl: "https://pay.example.com/start" },
    update: { active: false },
  },
});

export const RotateProviderSchema = z
  .strictObject({ ...rotationFields, gracePeriodHours: graceHours })
  .openapi("RotatePaymentProviderSecret", { example: {} });

export const ListPaymentProvidersQuery = listQuery(["createdAt"], {});
