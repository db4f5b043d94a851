import { newsletterFields } from "../../rendering/newsletter/block.ts";
import type { NewsletterQuery } from "../../rendering/newsletter/query.ts";
import type { Filler } from "../live/filling.ts";
import { addressBelow } from "../live/visitor.ts";
import { NEWSLETTER_ROOT } from "./root.ts";

/** Forms for a website's news in their places on a page. In a preview none can be sent. */
export const fillNewsletter: Filler<NewsletterQuery> = async ({ site, locale }, queries) => {
  const action = site.draft ? null : addressBelow(NEWSLETTER_ROOT, { site, locale }, "");
  const contents = queries.map((query, index) => newsletterFields(query, { locale, action, nth: index + 1 }));
  return { contents, extras: ["forms.css"] };
};
