import type { Section } from "../live/page.ts";
import { confirmPage, unsubscribePage } from "./link.ts";
import { NEWSLETTER_ROOT } from "./root.ts";
import { askedPage, subscribePage } from "./subscribe.ts";

/** Where a website's news by e-mail are asked for, confirmed and ended. */
export const NEWSLETTER_SECTION: Section = {
  ...NEWSLETTER_ROOT,
  pages: { "": subscribePage, asked: askedPage, confirm: confirmPage, unsubscribe: unsubscribePage },
};
