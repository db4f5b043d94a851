import { commitAs } from "../../content/live/visitor.ts";
import { type LinkKind, subscriberOfLink } from "../../content/push/subscribers/links.ts";
import { followLink, type Linked } from "../../content/push/subscribers/subscribe.ts";
import { DomainError } from "../../core/errors.ts";
import { saidMain } from "../../rendering/newsletter/pages.ts";
import { newsletterWordsFor } from "../../rendering/newsletter/words.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { addressBelow, contextOf, privatePage } from "../live/visitor.ts";
import { NEWSLETTER_ROOT } from "./root.ts";

const linkedIn = ({ request, site }: LiveVisit): Linked => {
  const { searchParams } = new URL(request.url);
  const [subscriberId, token] = [searchParams.get("s") ?? "", searchParams.get("t") ?? ""];
  return { siteId: site.siteId, subscriberId, token };
};

/** What is found by a link; `null` for every link that is none. */
async function orNull<Found>(found: Promise<Found>): Promise<Found | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

interface Said {
  text: string;
  status?: number;
  button?: { action: string; label: string };
}

function page({ locale }: LiveVisit, kind: LinkKind, { text, status = 200, button }: Said): LiveDocument {
  const title = newsletterWordsFor(locale)[kind];
  const main = String(saidMain(title, text, button));
  // The address of the page is what ends a subscription: it is told to no other.
  const headers = { "Referrer-Policy": "no-referrer" };
  const document = privatePage(NEWSLETTER_ROOT, kind, { title, main, status, headers });
  return { ...document, rendered: { ...document.rendered, extras: ["shop.css"] } };
}

/**
 * The page of a link that confirms or ends a subscription. It shows a button, since programs that look into mails open
 * their links; a POST does it. The one that ends it comes from anywhere: mail programs send it from no page at all, and
 * follow no redirect (RFC 8058). The second time changes nothing.
 */
const linkPage = (kind: LinkKind): LivePage => ({
  isOpen: kind === "unsubscribe",

  async get(visit) {
    const { site, locale, request } = visit;
    const words = newsletterWordsFor(locale);
    const row = site.draft ? null : await orNull(subscriberOfLink(contextOf(visit), kind, linkedIn(visit)));
    if (!row) return page(visit, kind, { text: words.expired, status: 404 });
    const [ask, done] =
      kind === "confirm" ? [words.confirmAsk, words.confirmed] : [words.unsubscribeAsk, words.unsubscribed];
    if (row.status === (kind === "confirm" ? "active" : "unsubscribed")) return page(visit, kind, { text: done });
    const action = addressBelow(NEWSLETTER_ROOT, visit, kind) + new URL(request.url).search;
    const text = ask.replace("{site}", () => site.site.name);
    return page(visit, kind, { text, button: { action, label: words[kind] } });
  },

  async post(visit) {
    if (kind === "confirm") {
      const form = await readForm(visit.request);
      if (form instanceof Response) return form;
    } else await visit.request.body?.cancel();
    const words = newsletterWordsFor(visit.locale);
    const act = commitAs(contextOf(visit), (ctx) => followLink(ctx, kind, linkedIn(visit)));
    const row = await orNull(act);
    const wanted = kind === "confirm" ? "active" : "unsubscribed";
    if (row?.status !== wanted) return page(visit, kind, { text: words.expired, status: 404 });
    return page(visit, kind, { text: kind === "confirm" ? words.confirmed : words.unsubscribed });
  },
});

export const confirmPage = linkPage("confirm");
export const unsubscribePage = linkPage("unsubscribe");
