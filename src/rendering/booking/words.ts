import { type CheckoutWords, checkoutWordsFor } from "../shop/checkout-words.ts";
import { TRANSLATED } from "./translated.ts";

/** What is said of a form's fields where they are those of a checkout. */
type Fields = Pick<
  CheckoutWords,
  "name" | "email" | "phone" | "note" | "optional" | "problems" | "required" | "wrong" | "wrongEmail" | "customer"
>;

/** Where a booking or a reservation stands. */
export type Standing = "pending" | "confirmed" | "seated" | "completed" | "cancelled" | "no_show" | "expired";

/** What the pages of bookings say; those of reservations say the same of tables. */
export interface OwnWords {
  /** What the first page is headed by. */
  start: string;
  nothingOffered: string;
  /** Leads to the times of a service. */
  choose: string;
  date: string;
  show: string;
  /** Who is booked, and that it may be whoever is free. */
  staff: string;
  anyone: string;
  people: string;
  /** `{date}` is a day. */
  freeOn: string;
  noneOn: string;
  nextFree: string;
  noneSoon: string;
  /** Lead to other days on which something is free. */
  earlier: string;
  later: string;
  /** `{zone}` is the name of a time zone. */
  zone: string;
  /** `{count}` is a number. */
  left: string;
  yourTime: string;
  otherTime: string;
  /** The buttons of the form; the second one where something is to be paid (directive 2011/83/EU, article 8(2)). */
  send: string;
  sendPaid: string;
  taken: string;
  busy: string;
  tooMany: string;
  wrongPhone: string;
  /** Nothing is to be typed there. */
  trap: string;
  title: string;
  status: Record<Standing, string>;
  received: string;
  thanks: string;
  /** `{date}` is until when. */
  confirmBy: string;
  /** Said where a link in a mail confirms it. */
  checkMail: string;
  confirm: string;
  when: string;
  where: string;
  price: string;
  keepLink: string;
  calendar: string;
  cancel: string;
  really: string;
  keep: string;
  move: string;
  moveHere: string;
  back: string;
  tooLate: string;
}

export type BookingWords = OwnWords & Fields;

const ENGLISH: OwnWords = {
  start: "Book an appointment",
  nothingOffered: "Nothing can be booked here at the moment.",
  choose: "See free times",
  date: "Date",
  show: "Show times",
  staff: "With",
  anyone: "Anyone who is free",
  people: "People",
  freeOn: "Free times on {date}",
  noneOn: "Nothing is free on {date}.",
  nextFree: "Next free day: {date}",
  noneSoon: "Nothing is free in the days after it either. Please choose a later date, or contact us.",
  earlier: "Earlier: {date}",
  later: "Later: {date}",
  zone: "Times are local to us: {zone}.",
  left: "Places left: {count}",
  yourTime: "Your time",
  otherTime: "Choose another time",
  send: "Book now",
  sendPaid: "Book with obligation to pay",
  taken: "Somebody has just taken this time. Please choose another one; what you have entered is still here.",
  busy: "Many are booking right now. Please send the form again.",
  tooMany: "There are not that many places left at this time.",
  wrongPhone: "Please enter a valid phone number.",
  trap: "Please leave this field empty",
  title: "Your booking",
  status: {
    pending: "Waiting for confirmation",
    confirmed: "Confirmed",
    seated: "Arrived",
    completed: "Completed",
    cancelled: "Cancelled",
    no_show: "Missed",
    expired: "Expired",
  },
  received: "Thank you! We have received your booking.",
  thanks: "Thank you! Your booking is confirmed.",
  confirmBy: "Please confirm by {date}. After that the time is free for others.",
  checkMail: "We have sent you an e-mail. Please open its link by {date}; after that the time is free for others.",
  confirm: "Confirm booking",
  when: "When",
  where: "Where",
  price: "Price",
  keepLink: "Keep the address of this page: it is the way back to your booking.",
  calendar: "Add to calendar",
  cancel: "Cancel booking",
  really: "Do you really want to cancel this booking?",
  keep: "Keep it",
  move: "Choose another time",
  moveHere: "Move booking to this time",
  back: "Back to your booking",
  tooLate: "This can no longer be changed here. Please contact us.",
};

const fieldsOf = (locale: string): Fields => {
  const { name, email, phone, note, optional, problems, required, wrong, wrongEmail, customer } =
    checkoutWordsFor(locale);
  return { name, email, phone, note, optional, problems, required, wrong, wrongEmail, customer };
};

/** The words of the pages of bookings in a language, in English where there are none. */
export const bookingWordsFor = (locale: string): BookingWords => ({
  ...fieldsOf(locale),
  ...(TRANSLATED[locale.split("-")[0] as string] ?? ENGLISH),
});
