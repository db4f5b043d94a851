import type { Section } from "../live/page.ts";
import { formPage } from "./form.ts";
import { FORMS_ROOT } from "./root.ts";
import { thanksPage } from "./thanks.ts";

/** Where forms of pages are sent. */
export const FORMS_SECTION: Section = { ...FORMS_ROOT, pages: { "*": formPage, "*/thanks": thanksPage } };
