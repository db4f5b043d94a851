import { html } from "hono/html";
import { PHONE } from "../../core/patterns.ts";
import type { Business, Contact, PostalParts } from "../structured/business.ts";
import { weekdaySpans } from "../text/weekdays.ts";
import { type Html, lined, nothing } from "../blocks/kit.ts";

/** How a site can be reached, and the pages the law asks for. */
export interface Footer {
  siteName: string;
  contact: Contact;
  legal: { label: string; href: string }[];
  /** When there is somebody, in its language. */
  locale: string;
  hours: NonNullable<Business["openingHours"]>;
}

const textIn = (settings: Record<string, unknown>, ...names: string[]): string | null => {
  const found = names.map((name) => settings[name]).find((it) => typeof it === "string" && it.trim() !== "");
  return typeof found === "string" ? found.trim().slice(0, 500) : null;
};

const matching = (text: string | null, pattern: RegExp): string | null => (text && pattern.test(text) ? text : null);

/** A telephone number in one piece. */
const unbroken = (phone: string): string => phone.replace(/\s+/g, "\u00a0").replaceAll("-", "\u2011");

/** An address on the lines of a letter. */
const lettered = ({ street, postalCode, city, region }: PostalParts): string | null => {
  const place = [postalCode, city].filter(Boolean).join(" ");
  return [street, place, region].filter(Boolean).join("\n") || null;
};

/** What of a site's settings tells visitors how to reach it: what stands there for the footer itself, or of its business. */
export const contactOf = (settings: Record<string, unknown>, business: Business | null = null): Contact => ({
  address: textIn(settings, "address", "contactAddress") ?? lettered(business?.address ?? {}),
  email:
    matching(textIn(settings, "contactEmail", "email"), /^[^\s@<>"',;:?&%]+@[^\s@<>"',;:?&%]+$/) ??
    business?.email ??
    null,
  phone: matching(textIn(settings, "phone", "contactPhone"), new RegExp(PHONE)) ?? business?.telephone ?? null,
});

/** Slugs under which websites keep what the law asks for. */
export const LEGAL_SLUGS: readonly string[] = (
  "imprint impressum legal legal-notice colofon mentions-legales aviso-legal privacy privacy-policy datenschutz " +
  "datenschutzerklaerung privacybeleid privacyverklaring politique-de-confidentialite confidentialite privacidad " +
  "politica-de-privacidad terms terms-and-conditions terms-of-service agb algemene-voorwaarden conditions-generales cgv " +
  "condiciones cookies cookie-policy accessibility barrierefreiheit"
).split(" ");

export function footerOf({ siteName, contact, legal, locale, hours }: Footer): Html {
  const { address, email, phone } = contact;
  const ways = [
    ...(email ? [html`<li><a href="mailto:${email}">${email}</a></li>`] : []),
    ...(phone ? [html`<li><a href="tel:${phone.replace(/[^+\d]/g, "")}" dir="ltr">${unbroken(phone)}</a></li>`] : []),
  ];
  const times = hours.map(
    ({ days, opens, closes }) =>
      html`<li>${weekdaySpans(days, locale)} <span dir="ltr">${opens} – ${closes}</span></li>`,
  );
  return html`<footer class="site">
<p>${siteName}${address ? html`<br>${lined(address)}` : nothing}</p>
${ways.length > 0 ? html`<ul class="contact">${ways}</ul>` : nothing}
${times.length > 0 ? html`<ul class="hours">${times}</ul>` : nothing}
${legal.length > 0 ? html`<ul class="legal">${legal.map((it) => html`<li><a href="${it.href}">${it.label}</a></li>`)}</ul>` : nothing}
</footer>`;
}
