import type { Endpoint } from "../core/http/endpoint.ts";
import { batchRoutes } from "./batch/routes.ts";
import { calendarRoutes } from "./booking/calendar/routes.ts";
import { customBlockRoutes } from "./blocks/custom/routes.ts";
import { slotRoutes } from "./booking/slots/routes.ts";
import { blockRoutes } from "./blocks/routes.ts";
import { analyticsRoutes } from "./analytics/routes.ts";
import { aiRoutes } from "./ai/routes.ts";
import { deploymentRoutes } from "./deployments/routes.ts";
import { formRoutes } from "./forms/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { loyaltyRoutes } from "./loyalty/routes.ts";
import { mailRoutes } from "./mail/routes.ts";
import { mediaRoutes } from "./media/routes.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { meRoutes } from "./me/routes.ts";
import { pageRoutes } from "./pages/routes.ts";
import { previewRoutes } from "./previews/routes.ts";
import { redirectRoutes } from "./redirects/routes.ts";
import { orderRoutes } from "./shop/orders/routes.ts";
import { paymentProviderRoutes } from "./shop/payments/providers/routes.ts";
import { campaignRoutes } from "./push/campaigns/routes.ts";
import { reservationRoutes } from "./reservation/routes.ts";
import { reviewRoutes } from "./reviews/routes.ts";
import { SITE_RESOURCES } from "./resources.ts";
import { quoteRoutes } from "./shop/pricing/routes.ts";
import { siteRoutes } from "./sites/routes.ts";
import { stockRoutes } from "./shop/stock/routes.ts";
import { trashRoutes } from "./trash/routes.ts";
import { usageRoutes } from "./usage/routes.ts";
import { importRoutes } from "./archive/routes.ts";
import { siteWebhookRoutes } from "./webhooks/routes.ts";

/** Every endpoint under `/v1`. */
export const contentRoutes: Endpoint[] = [
  ...meRoutes,
  ...usageRoutes,
  ...healthRoutes,
  ...siteRoutes,
  ...pageRoutes,
  ...deploymentRoutes,
  // Before the resources: `/media/search` is no file called search.
  ...mediaRoutes,
  ...previewRoutes,
  ...aiRoutes,
  ...jobRoutes,
  // Before the paths with an id in the same place.
  ...redirectRoutes,
  ...orderRoutes,
  ...paymentProviderRoutes,
  ...quoteRoutes,
  ...loyaltyRoutes,
  ...slotRoutes,
  ...reviewRoutes,
  ...formRoutes,
  ...campaignRoutes,
  ...mailRoutes,
  ...stockRoutes,
  ...analyticsRoutes,
  ...calendarRoutes,
  ...reservationRoutes,
  ...SITE_RESOURCES.flatMap(({ routes }) => routes),
  ...trashRoutes,
  ...importRoutes,
  ...siteWebhookRoutes,
  ...batchRoutes,
  ...blockRoutes,
  ...customBlockRoutes,
];
