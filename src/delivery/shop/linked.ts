import { z } from "@hono/zod-openapi";
import { text } from "../../core/fields.ts";
import { SiteName } from "../live/contract.ts";

export const OrderParams = z.object({ orderId: z.string() });

/** What opens an order to whoever has its link. */
export const TokenQuery = z.strictObject({
  token: text(100).min(1, "must not be empty").openapi({ description: "The token of the order's link" }),
});

/** The website a call is about. */
export const SiteQuery = z.strictObject({
  site: SiteName.openapi({ description: "The site by its id or slug; left out where the site's own domain is called" }),
});
