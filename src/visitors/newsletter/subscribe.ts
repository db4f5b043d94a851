import { commitAs } from "../../content/live/visitor.ts";
import { SubscriberEmailSchema } from "../../content/push/subscribers/contract.ts";
import { subscribeByForm } from "../../content/push/subscribers/subscribe.ts";
import { newsletterMain, saidMain, TOPICS, TRAP } from "../../rendering/newsletter/pages.ts";
import { newsletterWordsFor } from "../../rendering/newsletter/words.ts";
import { checkoutWordsFor } from "../../rendering/shop/checkout-words.ts";
import { topicsIn } from "../../rendering/text/topics.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { readForm } from "../live/sent-form.ts";
import { addressBelow, contextOf, leadOn, privatePage } from "../live/visitor.ts";
import { NEWSLETTER_ROOT } from "./root.ts";

/** Where a page is shown whose forms look like the shop's. */
const withStyle = (document: LiveDocument): LiveDocument => ({
  ...document,
  rendered: { ...document.rendered, extras: ["shop.css"] },
});

function formPage(
  visit: LiveVisit,
  { email, topics, isWrong }: { email: string; topics: readonly string[]; isWrong: boolean },
): LiveDocument {
  const { locale, site } = visit;
  const words = newsletterWordsFor(locale);
  const main = newsletterMain({
    words,
    site: site.site.name,
    action: addressBelow(NEWSLETTER_ROOT, visit, ""),
    email,
    topics,
    problems: isWrong ? [{ field: "email", message: words.invalid }] : [],
    problemsTitle: checkoutWordsFor(locale).problems,
  });
  const page = { title: words.title, main: String(main), status: isWrong ? 422 : 200 };
  return withStyle(privatePage(NEWSLETTER_ROOT, "", page));
}

/** The form by which somebody asks for a website's news, and what it and the block of the same name are sent to. */
export const subscribePage: LivePage = {
  bucket: "subscription",

  async get(visit) {
    return formPage(visit, { email: "", topics: [], isWrong: false });
  },

  async post(visit) {
    const { locale, site } = visit;
    const form = await readForm(visit.request);
    if (form instanceof Response) return form;
    const done = leadOn(visit.request, addressBelow(NEWSLETTER_ROOT, visit, "asked"));
    // Whoever fills in what nobody sees is answered as anybody, and not heard.
    if (form.text(TRAP) !== "") return done;
    const email = SubscriberEmailSchema.safeParse(form.text("email"));
    // Of a form that somebody has made himself, what is no topic is not heard.
    const topics = topicsIn(form.text(TOPICS).split(" "));
    if (!email.success) return formPage(visit, { email: form.text("email").slice(0, 254), topics, isWrong: true });
    const wish = { siteId: site.siteId, email: email.data, topics, locale };
    await commitAs(contextOf(visit), (ctx) => subscribeByForm(ctx, wish));
    return done;
  },
};

/** Says that there is a mail to look for, whoever asked. */
export const askedPage: LivePage = {
  async get({ locale }) {
    const { title, asked } = newsletterWordsFor(locale);
    return withStyle(privatePage(NEWSLETTER_ROOT, "asked", { title, main: String(saidMain(title, asked)) }));
  },
};
