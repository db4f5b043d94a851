import { FORMS_SECTION } from "../forms/section.ts";
import { BOOK_SECTION } from "../booking/section.ts";
import { NEWSLETTER_SECTION } from "../newsletter/section.ts";
import { RESERVE_SECTION } from "../reservation/section.ts";
import { SHOP_SECTION } from "../shop/section.ts";
import type { Section } from "./page.ts";

const ALL: readonly Section[] = [SHOP_SECTION, BOOK_SECTION, RESERVE_SECTION, FORMS_SECTION, NEWSLETTER_SECTION];

/** The parts of a website that say what there is now, by where they begin. */
export const SECTIONS: Readonly<Record<string, Section>> = Object.fromEntries(ALL.map((it) => [it.slug, it]));
