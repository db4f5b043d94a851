import type { Runtime } from "../core/runtime.ts";
import type { Env } from "../env.ts";
import { headerLine, subjectLine, type MailContent } from "./mail.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { isAddress, type Sender } from "./sender.ts";

/** The longest the provider is waited for. */
export const SEND_TIMEOUT_MS = 15_000;

const encoder = new TextEncoder();

/** A mail as it is handed over. */
export interface Addressed extends MailContent {
  to: string;
  subject: string;
}

/** The headers that are no field of the provider's: whether it is a campaign is told by how it is unsubscribed from. */
const headersOf = ({ unsubscribeUrl }: MailContent): Record<string, string> =>
  unsubscribeUrl
    ? { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
    : { "Auto-Submitted": "auto-generated" };

/**
 * A mail in the form Cloudflare's `send` takes, which writes the MIME itself. Whatever text a header is made of is one
 * line, and addresses are addresses: nothing can add a header or a recipient.
 */
function messageOf(sender: Sender, mail: Addressed): Parameters<SendEmail["send"]>[0] {
  const replyTo = mail.replyTo ?? sender.replyTo;
  return {
    from: sender.from,
    to: mail.to,
    subject: subjectLine(mail.subject) || "—",
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    ...(isAddress(replyTo) && { replyTo }),
    headers: headersOf(mail),
    ...(mail.attachments?.length && {
      attachments: mail.attachments.map(({ filename, type, content }) => ({
        disposition: "attachment" as const,
        filename: headerLine(filename, 100),
        type: headerLine(type, 200),
        content: encoder.encode(content),
      })),
    }),
  };
}

/** Hands a mail to the provider; never throws. One that does not answer in time may have taken it: it is tried again. */
export async function transmit(
  env: Pick<Env, "MAIL">,
  { deadline }: Pick<Runtime, "deadline">,
  sender: Sender | null,
  mail: Addressed,
): Promise<Outcome> {
  if (!sender || !env.MAIL) return { kind: "failed", reason: "mail_not_configured" };
  if (!isAddress(mail.to)) return { kind: "failed", reason: "invalid_recipient" };
  const { signal, clear } = deadline(SEND_TIMEOUT_MS);
  const late = new Promise<never>((_, refuse) => signal.addEventListener("abort", () => refuse(new Error("timeout"))));
  try {
    const { messageId } = await Promise.race([env.MAIL.send(messageOf(sender, mail) as EmailMessageBuilder), late]);
    return { kind: "sent", providerId: bareId(messageId) };
  } catch (error) {
    return outcomeOf(error);
  } finally {
    clear();
  }
}

/** A message's id without the brackets it may stand in (RFC 5322 §3.6.4). */
export const bareId = (id: unknown): string | null =>
  typeof id === "string" ? id.replace(/^<|>$/g, "").slice(0, 500) || null : null;
