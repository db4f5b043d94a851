import { formWordsFor } from "../../rendering/forms/words.ts";
import type { LiveVisit, Root } from "../live/page.ts";
import { addressBelow } from "../live/visitor.ts";

/** The forms of a website's pages, as a part of it: where they are sent, and shown again. */
export const FORMS_ROOT: Root = { slug: "forms", title: (locale) => formWordsFor(locale).form };

/** Where a form is sent. */
export const formAddress = (visit: Pick<LiveVisit, "site" | "locale">, key: string): string =>
  addressBelow(FORMS_ROOT, visit, key);

/** Where it is said that it has arrived. */
export const thanksAddress = (visit: Pick<LiveVisit, "site" | "locale">, key: string, page: string): string =>
  `${addressBelow(FORMS_ROOT, visit, `${key}/thanks`)}?${new URLSearchParams({ page })}`;
