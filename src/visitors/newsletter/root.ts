import { newsletterWordsFor } from "../../rendering/newsletter/words.ts";
import type { Root } from "../live/page.ts";

/** The news of a website by e-mail, as a part of it. */
export const NEWSLETTER_ROOT: Root = { slug: "newsletter", title: (locale) => newsletterWordsFor(locale).title };
