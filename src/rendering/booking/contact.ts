import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import type { Contact } from "../structured/business.ts";

/** How a business is reached, behind a sentence that says to; nothing where its settings say neither. */
export function contactWays({ email, phone }: Pick<Contact, "email" | "phone">): Html {
  const mail = email ? html` <a href="mailto:${email}">${email}</a>` : nothing;
  const call = phone ? html` <a href="tel:${phone.replace(/[^+\d]/g, "")}" dir="ltr">${phone}</a>` : nothing;
  return html`${mail}${email && phone ? " ·" : ""}${call}`;
}
