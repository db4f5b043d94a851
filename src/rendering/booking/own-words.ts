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
  /** Said once it is moved, once it is cancelled, and the way to another one. */
  moved: string;
  gone: string;
  again: string;
  /** Leads back to all that can be booked. */
  all: string;
  /** Said to more people than there is a table for; `{count}` is how many it takes. */
  upTo: string;
  tooLate: string;
}
