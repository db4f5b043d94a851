import { EmailSchema } from "../core/fields.ts";
import type { Env } from "../env.ts";
import { headerLine } from "./mail.ts";

/** A site as far as its mails show it. */
export interface SendingSite {
  name: string;
  settings: Record<string, unknown>;
}

/** Who a mail is from, and where answers to it go. */
export interface Sender {
  from: { email: string; name: string };
  replyTo: string | null;
}

export const isAddress = (text: unknown): text is string => EmailSchema.safeParse(text).success;

/** Characters of a sender's name. */
const MAX_NAME = 100;

/**
 * The sender of a site's mails: the address is the deployment's (`MAIL_FROM`), since its domain has to be set up; the name
 * is the site's, or what `settings.mail` says. `null` where the deployment names no address: nothing can be sent.
 */
export function senderOf(env: Pick<Env, "MAIL_FROM">, { name, settings }: SendingSite): Sender | null {
  if (!isAddress(env.MAIL_FROM)) return null;
  const { fromName, replyTo } = (settings.mail ?? {}) as { fromName?: unknown; replyTo?: unknown };
  const shown = headerLine(typeof fromName === "string" && fromName !== "" ? fromName : name, MAX_NAME);
  return { from: { email: env.MAIL_FROM, name: shown }, replyTo: isAddress(replyTo) ? replyTo : null };
}
