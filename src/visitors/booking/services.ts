import { listShownServices } from "../../content/booking/services/shown.ts";
import type { ServiceRow } from "../../content/booking/services/table.ts";
import { serviceList, type ShownService } from "../../rendering/booking/services.ts";
import { bookingWordsFor } from "../../rendering/booking/words.ts";
import { html } from "hono/html";
import { publicDocument } from "../diary/answers.ts";
import type { LivePage, LiveVisit } from "../live/page.ts";
import { addressBelow, contextOf } from "../live/visitor.ts";
import { BOOK_ROOT } from "./root.ts";

/** A service as visitors see it. */
export const shownService = (visit: Pick<LiveVisit, "site" | "locale">, service: ServiceRow): ShownService => ({
  name: service.name,
  description: service.description,
  minutes: service.durationMinutes,
  price: service.price,
  currency: service.currency,
  href: addressBelow(BOOK_ROOT, visit, service.id),
});

/** What can be booked. Where nothing can be, there is no such page. */
export const servicesPage: LivePage = {
  async get(visit) {
    const { site, locale } = visit;
    const services = await listShownServices(contextOf(visit), site.siteId);
    if (services.length === 0) return null;
    const words = bookingWordsFor(locale);
    const shown = services.map((it) => shownService(visit, it));
    const main = html`<section class="block booking"><h1>${words.start}</h1>${serviceList(shown, "h2", { locale, words })}</section>`;
    return publicDocument(BOOK_ROOT, "", { title: words.start, description: null, main });
  },
};
