import { filled } from "../../../rendering/text/filled.ts";
import { momentOf, signatureOf, spanOf } from "../../live/times-mail.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import type { ReservationRow } from "../reservations/table.ts";
import { mailWordsFor, type ReservationMailWords } from "./words.ts";

/** What customers and owners are told of a reservation. */
export type Told = Exclude<keyof ReservationMailWords, "greeting" | "number" | Labels>;
type Labels = "guests" | "note" | "reason" | "toConfirm" | "toSee" | "toPage";

/** What of a reservation a mail says. */
type Written = Pick<
  ReservationRow,
  "id" | "startAt" | "endAt" | "heldUntil" | "partySize" | "customer" | "note" | "reason"
>;

interface Composing {
  told: Told;
  row: Written;
  site: SiteRow;
  /** The language of who reads. */
  locale: string;
  /** The customer's page of it; `null` where there is none, and in what the owner reads. */
  url: string | null;
  isOwners: boolean;
}

/** What stands before the link: what is cancelled is neither moved nor cancelled once more. */
function beforeLink(told: Told, { toConfirm, toSee, toPage }: ReservationMailWords): string {
  if (told === "confirm") return toConfirm;
  return told === "cancelled" ? toPage : toSee;
}

/** Subject and text of a mail about a reservation, in plain words of its reader's language. */
export function composeMail({ told, row, site, locale, url, isOwners }: Composing): { subject: string; text: string } {
  const words = mailWordsFor(locale);
  const { name, email, phone } = row.customer;
  const until = momentOf(row.heldUntil, locale, site);
  const values = { place: site.name, name: name ?? "", until, id: row.id };
  const about = [
    spanOf(row, locale, site),
    `${words.guests}: ${row.partySize}`,
    ...(row.note === null ? [] : [`${words.note}: ${row.note}`]),
    ...(told === "cancelled" && row.reason !== null ? [`${words.reason}: ${row.reason}`] : []),
  ].join("\n");
  const text = filled(words[told].text, values);
  const link = url === null ? [] : [`${beforeLink(told, words)}\n${url}`];
  const parts = isOwners
    ? [text, about, [name, email, phone].filter(Boolean).join("\n"), filled(words.number, values)]
    : [filled(words.greeting, values), text, about, ...link, signatureOf(site)];
  return { subject: filled(words[told].subject, values), text: `${parts.join("\n\n")}\n` };
}
