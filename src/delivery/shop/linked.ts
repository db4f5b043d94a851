import { pathParams } from "../../core/http/path-params.ts";

export const OrderParams = pathParams("orderId");
