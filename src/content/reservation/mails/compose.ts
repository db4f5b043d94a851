import type { ReservationRow } from "../reservations/table.ts";
import { mailWordsFor, type ReservationMailWords } from "./words.ts";

/** What customers and owners are told of a reservation. */
export type Told = Exclude<keyof ReservationMailWords, "greeting" | "date" | "time" | "guests" | Labels>;
type Labels = "name" | "phone" | "note" | "reason" | "toConfirm" | "toSee";

/** What of a reservation a mail says. */
type Written = Pick<ReservationRow, "startAt" | "heldUntil" | "partySize" | "customer" | "note" | "reason">;

interface Composing {
  told: Told;
  row: Written;
  /** The website's name, its zone, and the language of who reads. */
  place: string;
  zone: string;
  locale: string;
  /** The customer's page of it; `null` where there is none, and in what the owner reads. */
  url: string | null;
  isOwners: boolean;
}

const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** Subject and text of a mail about a reservation, in plain words of its reader's language. */
export function composeMail({ told, row, place, zone, locale, url, isOwners }: Composing): {
  subject: string;
  text: string;
} {
  const words = mailWordsFor(locale);
  const { name, phone } = row.customer;
  const at = (moment: number, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(moment);
  const until = row.heldUntil === null ? "" : at(row.heldUntil, { dateStyle: "short", timeStyle: "short" });
  const values = { place, name: name ?? "", until };
  const lines: [label: string, value: string | null][] = [
    [words.date, at(row.startAt, { weekday: "long", day: "numeric", month: "long", year: "numeric" })],
    [words.time, at(row.startAt, { hour: "2-digit", minute: "2-digit" })],
    [words.guests, String(row.partySize)],
    [words.name, name],
    [words.phone, isOwners ? phone : null],
    [words.note, row.note],
    [words.reason, told === "cancelled" ? row.reason : null],
  ];
  const said = lines.flatMap(([label, value]) => (value === null ? [] : [`${label}: ${value}`]));
  const link = url === null ? [] : [told === "confirm" ? words.toConfirm : words.toSee, url];
  const parts = [
    ...(isOwners ? [] : [filled(words.greeting, values)]),
    filled(words[told].text, values),
    said.join("\n"),
    ...(link.length > 0 ? [link.join("\n")] : []),
    ...(isOwners ? [] : [place]),
  ];
  return { subject: filled(words[told].subject, values), text: `${parts.join("\n\n")}\n` };
}
