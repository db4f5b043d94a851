import { z } from "@hono/zod-openapi";

export const OrderParams = z.object({ orderId: z.string() });
