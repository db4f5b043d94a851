import { REDIRECTS } from "./redirects/resource.ts";
import { CUSTOM_BLOCKS } from "./blocks/custom/resource.ts";
import { MEDIA } from "./media/resource.ts";
import { MEMBERS } from "./loyalty/members/resource.ts";
import { REDEMPTIONS } from "./loyalty/redemptions/resource.ts";
import { REWARDS } from "./loyalty/rewards/resource.ts";
import { RULES } from "./loyalty/rules/resource.ts";
import { TIERS } from "./loyalty/tiers/resource.ts";
import type { SiteResource } from "./resource/resource.ts";
import { CATEGORIES } from "./shop/categories/resource.ts";
import { COUPONS } from "./shop/coupons/resource.ts";
import { ORDERS } from "./shop/orders/resource.ts";
import { PAYMENT_PROVIDERS } from "./shop/payments/providers/resource.ts";
import { PAYMENTS } from "./shop/payments/resource.ts";
import { PRODUCTS } from "./shop/products/resource.ts";
import { REVIEWS } from "./reviews/resource.ts";

/**
 * Every resource below a site that is declared once. Endpoints, item tables, events, purge, counters, personal
 * attributes and the generated tests read this list: a new resource is one line here.
 */
export const SITE_RESOURCES = [
  MEDIA,
  PRODUCTS,
  CATEGORIES,
  COUPONS,
  ORDERS,
  PAYMENT_PROVIDERS,
  REVIEWS,
  CUSTOM_BLOCKS,
  REDIRECTS,
  TIERS,
  RULES,
  REWARDS,
  MEMBERS,
  REDEMPTIONS,
  PAYMENTS,
] as unknown as readonly SiteResource[];
