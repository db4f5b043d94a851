/** A file that goes with a mail. */
export interface MailAttachment {
  filename: string;
  /** Its media type: `text/calendar; charset=utf-8; method=REQUEST`. */
  type: string;
  /** Text: it is sent in UTF-8. */
  content: string;
}

/** One mail to one address. */
export interface Mail {
  /** What it is, for logs and figures: `booking.confirmed`, `form.submitted`, `order.placed`. */
  kind: string;
  siteId: string;
  to: string;
  subject: string;
  text: string;
  html?: string | undefined;
  /** Where answers go; the site's `settings.mail.replyTo` without it. */
  replyTo?: string | undefined;
  attachments?: readonly MailAttachment[] | undefined;
  /**
   * RFC 8058: where a POST ends the subscription. Set for campaigns only: such a mail is not sent to those who have
   * unsubscribed, others are.
   */
  unsubscribeUrl?: string | undefined;
}

/** What of a mail is needed until it is sent, and no longer. */
export type MailContent = Pick<Mail, "text" | "html" | "replyTo" | "attachments" | "unsubscribeUrl">;

/** Control characters, line and paragraph separators, and what turns the direction of text. */
const BREAKING = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

const MAX_SUBJECT = 200;

/** Text for a header: one line, whatever was in it, so that nothing can begin another header. */
export const headerLine = (text: string, max: number): string =>
  [...text.replaceAll(BREAKING, " ").toWellFormed().trim()].slice(0, max).join("").trim();

/** A subject as it is sent. */
export const subjectLine = (text: string): string => headerLine(text, MAX_SUBJECT);
