import type { Endpoint } from "../core/http/endpoint.ts";
import { formRoutes } from "./forms/routes.ts";
import { calendarRoutes } from "./booking/calendar.ts";
import { bookingRoutes } from "./booking/routes.ts";
import { itemRoutes } from "./item/routes.ts";
import { liveRoutes } from "./live/routes.ts";
import { pushRoutes } from "./push/routes.ts";
import { reservationRoutes } from "./reservation/routes.ts";
import { shopRoutes } from "./shop/routes.ts";

/** Every endpoint under `/api`. */
export const deliveryRoutes: Endpoint[] = [
  ...liveRoutes,
  ...itemRoutes,
  ...shopRoutes,
  ...bookingRoutes,
  ...calendarRoutes,
  ...reservationRoutes,
  ...pushRoutes,
  ...formRoutes,
];
