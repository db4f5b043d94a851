import { z } from "@hono/zod-openapi";
import { text } from "../../core/fields.ts";

export const OrderParams = z.object({ orderId: z.string() });

/** What opens an order to whoever has its link. */
export const TokenQuery = z.strictObject({
  token: text(100).min(1, "must not be empty").openapi({ description: "The token of the order's link" }),
});
