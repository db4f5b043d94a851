import type { Endpoint } from "../../core/http/endpoint.ts";
import { couponRoutes } from "./coupons/routes.ts";
import { orderRoutes } from "./orders/routes.ts";
import { productRoutes } from "./products/routes.ts";

/** What a website sells, for how much less, and to whom. */
export const shopRoutes: Endpoint[] = [...productRoutes, ...couponRoutes, ...orderRoutes];
