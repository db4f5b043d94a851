import { BOOKINGS } from "./booking/bookings/resource.ts";
import { EXCEPTIONS } from "./booking/exceptions/resource.ts";
import { SERVICES } from "./booking/services/resource.ts";
import { STAFF } from "./booking/staff/resource.ts";
import { REDIRECTS } from "./redirects/resource.ts";
import { CUSTOM_BLOCKS } from "./blocks/custom/resource.ts";
import { MEDIA } from "./media/resource.ts";
import { FORMS } from "./forms/resource.ts";
import { SUBMISSIONS } from "./forms/submissions/resource.ts";
import { MEMBERS } from "./loyalty/members/resource.ts";
import { REDEMPTIONS } from "./loyalty/redemptions/resource.ts";
import { REWARDS } from "./loyalty/rewards/resource.ts";
import { RULES } from "./loyalty/rules/resource.ts";
import { TIERS } from "./loyalty/tiers/resource.ts";
import { MESSAGES } from "./mail/messages/resource.ts";
import { SUPPRESSIONS } from "./mail/suppressions/resource.ts";
import { MESSAGE_TEMPLATES } from "./mail/templates/resource.ts";
import { SUBSCRIBERS } from "./push/subscribers/resource.ts";
import { RESERVATIONS } from "./reservation/reservations/resource.ts";
import { RESERVATION_TABLES } from "./reservation/tables/resource.ts";
import type { SiteResource } from "./resource/resource.ts";
import { CATEGORIES } from "./shop/categories/resource.ts";
import { COUPONS } from "./shop/coupons/resource.ts";
import { ORDERS } from "./shop/orders/resource.ts";
import { PAYMENT_PROVIDERS } from "./shop/payments/providers/resource.ts";
import { PAYMENTS } from "./shop/payments/resource.ts";
import { PRODUCTS } from "./shop/products/resource.ts";
import { CAMPAIGNS } from "./push/campaigns/resource.ts";
import { PUSH_SUBSCRIPTIONS } from "./push/subscriptions/resource.ts";
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
  RESERVATION_TABLES,
  RESERVATIONS,
  STAFF,
  SERVICES,
  EXCEPTIONS,
  BOOKINGS,
  TIERS,
  RULES,
  REWARDS,
  MEMBERS,
  REDEMPTIONS,
  SUBSCRIBERS,
  SUPPRESSIONS,
  MESSAGE_TEMPLATES,
  MESSAGES,
  PUSH_SUBSCRIPTIONS,
  CAMPAIGNS,
  PAYMENTS,
  FORMS,
  SUBMISSIONS,
] as unknown as readonly SiteResource[];
