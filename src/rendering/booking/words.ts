import { type CheckoutWords, checkoutWordsFor } from "../shop/checkout-words.ts";
import type { OwnWords } from "./own-words.ts";
import { TRANSLATED } from "./translated.ts";

/** What is said of a form's fields where they are those of a checkout. */
type Fields = Pick<
  CheckoutWords,
  "name" | "email" | "phone" | "note" | "optional" | "problems" | "required" | "wrong" | "wrongEmail" | "customer"
>;

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
  taken: "This time is no longer free. Please choose another one; what you have entered is still here.",
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
  moved: "Your booking has been moved.",
  gone: "Your booking has been cancelled.",
  again: "Book again",
  all: "All services",
  upTo: "We take up to {count} people online.",
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
