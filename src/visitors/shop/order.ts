import { cancelOrder } from "../../content/shop/checkout/cancel.ts";
import { customerOrder } from "../../content/shop/checkout/customer-order.ts";
import { findLinkedOrder } from "../../content/shop/checkout/link.ts";
import { commitAs } from "../../content/live/visitor.ts";
import type { OrderRow } from "../../content/shop/orders/table.ts";
import { findSite } from "../../content/sites/service.ts";
import { DomainError } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { orderMain } from "../../rendering/shop/order-page.ts";
import { orderWordsFor } from "../../rendering/shop/order-words.ts";
import { timeZoneOf } from "../frame.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { reviewsLinked } from "./review-links.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { privatePage, addressFor } from "./visitor.ts";

const tokenOf = ({ request }: LiveVisit): string => new URL(request.url).searchParams.get("token") ?? "";

const addressOf = (visit: LiveVisit): string =>
  `${addressFor(visit, `orders/${visit.name}`)}?token=${encodeURIComponent(tokenOf(visit))}`;

/** The order of the link a visitor has; `null` for every link that is none. */
async function linked(ctx: Ctx, visit: LiveVisit): Promise<OrderRow | null> {
  const { siteId, draft } = visit.site;
  if (draft) return null;
  try {
    return await findLinkedOrder(ctx, { siteId, orderId: visit.name, token: tokenOf(visit) });
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

/** Moments as they are told where the site is. */
function momentsOf({ locale, site }: LiveVisit): (iso: string) => string {
  const shown = { dateStyle: "long", timeStyle: "short" } as const;
  const format = new Intl.DateTimeFormat(locale, { ...shown, timeZone: timeZoneOf(site) ?? "UTC" });
  return (iso) => format.format(new Date(iso));
}

async function orderDocument(
  visit: LiveVisit,
  ctx: Ctx,
  { order, notice = null, status = 200 }: { order: OrderRow; notice?: string | null; status?: number },
): Promise<LiveDocument> {
  const { request, site, locale } = visit;
  const { origin } = new URL(request.url);
  const home = { address: origin + site.base, locale: site.site.locale, locales: site.site.locales };
  const shown = await customerOrder(ctx, await findSite(ctx, site.siteId), { order, home });
  const { payment, shippingAddress: to, shipping, ...own } = shown;
  const country = to && (new Intl.DisplayNames([locale], { type: "region", fallback: "code" }).of(to.country) ?? "");
  const lines = to ? [own.customerName, to.line1, to.line2, `${to.postalCode} ${to.city}`, to.region, country] : [];
  const main = orderMain(
    {
      ...own,
      locale,
      items: own.items.map(({ title, quantity, total, productId }) => ({
        ...{ title, quantity, total },
        download: own.downloads.find((it) => it.productId === productId)?.url ?? null,
      })),
      totals: { ...own, shipping: to === null ? null : shipping },
      due: payment.due,
      instructions: payment.instructions,
      payLinks: payment.links,
      address: lines.filter((it) => typeof it === "string" && it !== "") as string[],
      action: addressOf(visit),
      notice,
    },
    momentsOf(visit),
    await reviewsLinked(visit, ctx, order),
  );
  const title = orderWordsFor(locale).title.replace("{number}", String(order.number));
  // The address of the page is what opens it: it is told to no other.
  const headers = { "Referrer-Policy": "no-referrer" };
  return privatePage(`orders/${order.id}`, { title, main: String(main), status, headers });
}

/** An order as the one who has its link sees it, and cancels it. */
export const orderPage: LivePage = {
  async get(visit) {
    const ctx = contextOf(visit);
    const order = await linked(ctx, visit);
    return order && orderDocument(visit, ctx, { order });
  },

  async post(visit) {
    const form = await readForm(visit.request);
    if (form instanceof Response) return form;
    const ctx = contextOf(visit);
    const order = await linked(ctx, visit);
    if (!order) return null;
    if (form.text("action") !== "cancel") return leadOn(visit.request, addressOf(visit));
    try {
      await commitAs(ctx, async () => cancelOrder(ctx, (await linked(ctx, visit)) ?? order));
      return leadOn(visit.request, addressOf(visit));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
      const notice = orderWordsFor(visit.locale).tooLate;
      return orderDocument(visit, ctx, { order: (await linked(ctx, visit)) ?? order, notice, status: 409 });
    }
  },
};
