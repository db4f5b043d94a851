import { FORMS_SECTION } from "../forms/section.ts";
import { NEWSLETTER_SECTION } from "../newsletter/section.ts";
import { SHOP_SECTION } from "../shop/section.ts";
import type { Section } from "./page.ts";

const ALL: readonly Section[] = [SHOP_SECTION, FORMS_SECTION, NEWSLETTER_SECTION];

/** The parts of a website that say what there is now, by where they begin. */
export const SECTIONS: Readonly<Record<string, Section>> = Object.fromEntries(ALL.map((it) => [it.slug, it]));
