import { z } from "@hono/zod-openapi";
import { pathParams } from "../../core/http/path-params.ts";

export const OrderParams = pathParams("orderId");
