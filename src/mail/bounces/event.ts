import { isAddress } from "../sender.ts";
import { bareAddress } from "../recipient.ts";
import { bareId } from "../transport.ts";

/** What Email Sending says of a mail whose recipient is not to be written to any more. */
export interface Undelivered {
  reason: "bounce" | "complaint";
  /** In lower case. */
  email: string;
  providerId: string | null;
  /** What the other mail server has said. */
  detail: string | null;
}

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});

const PREFIX = "cf.email.sending.message.";

/**
 * Reads an event of Cloudflare's Email Sending (schema version 1). Permanent bounces and complaints are told; all else is
 * `null`: a bounce that was temporary says nothing about the next mail.
 */
export function undeliveredIn(event: unknown): Undelivered | null {
  const { type, payload } = fieldsOf(event);
  const { recipient, messageId, bounce } = fieldsOf(payload);
  if (typeof type !== "string" || !type.startsWith(PREFIX) || !isAddress(recipient)) return null;
  const found = { email: bareAddress(recipient), providerId: bareId(messageId) };
  if (type === `${PREFIX}complained`) return { reason: "complaint", detail: null, ...found };
  const { type: kind, reason } = fieldsOf(bounce);
  if (type !== `${PREFIX}bounced` || kind !== "hard") return null;
  return { reason: "bounce", detail: typeof reason === "string" ? reason.slice(0, 500) : null, ...found };
}
