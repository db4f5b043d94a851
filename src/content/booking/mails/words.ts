/** What customers are told by e-mail. `{service}` is what was booked, `{name}` who it is for, `{until}` a moment. */
export interface MailWords {
  hello: string;
  /** Subjects and first sentences, by what has happened. */
  received: [subject: string, text: string];
  toConfirm: [subject: string, text: string];
  confirmed: [subject: string, text: string];
  rescheduled: [subject: string, text: string];
  cancelled: [subject: string, text: string];
  /** Before how many people come; before why it was cancelled; before the link. */
  people: string;
  reason: string;
  link: string;
}

/** What the owner is told, in the language of the website. */
export interface OwnerWords {
  made: string;
  moved: string;
  cancelled: string;
}

const ENGLISH: MailWords & { owner: OwnerWords } = {
  hello: "Hello {name},",
  received: ["Your booking: {service}", "we have received your booking. You will hear from us once it is confirmed."],
  toConfirm: [
    "Please confirm your booking: {service}",
    "please open the link below by {until} to confirm your booking.",
  ],
  confirmed: ["Your booking is confirmed: {service}", "your booking is confirmed."],
  rescheduled: ["Your booking has a new time: {service}", "your booking has been moved."],
  cancelled: ["Your booking is cancelled: {service}", "your booking has been cancelled."],
  people: "People:",
  reason: "Reason:",
  link: "Your booking:",
  owner: {
    made: "New booking: {service}",
    moved: "Booking moved: {service}",
    cancelled: "Booking cancelled: {service}",
  },
};

const WORDS: Readonly<Record<string, MailWords & { owner: OwnerWords }>> = {
  de: {
    hello: "Guten Tag {name},",
    received: [
      "Ihre Buchung: {service}",
      "wir haben Ihre Buchung erhalten. Sie hören von uns, sobald sie bestätigt ist.",
    ],
    toConfirm: [
      "Bitte bestätigen Sie Ihre Buchung: {service}",
      "bitte öffnen Sie bis {until} den Link unten, um Ihre Buchung zu bestätigen.",
    ],
    confirmed: ["Ihre Buchung ist bestätigt: {service}", "Ihre Buchung ist bestätigt."],
    rescheduled: ["Ihre Buchung hat eine neue Zeit: {service}", "Ihre Buchung wurde verschoben."],
    cancelled: ["Ihre Buchung ist storniert: {service}", "Ihre Buchung wurde storniert."],
    people: "Personen:",
    reason: "Grund:",
    link: "Ihre Buchung:",
    owner: {
      made: "Neue Buchung: {service}",
      moved: "Buchung verschoben: {service}",
      cancelled: "Buchung storniert: {service}",
    },
  },
  nl: {
    hello: "Hallo {name},",
    received: ["Uw boeking: {service}", "we hebben uw boeking ontvangen. U hoort van ons zodra ze is bevestigd."],
    toConfirm: ["Bevestig uw boeking: {service}", "open vóór {until} de link hieronder om uw boeking te bevestigen."],
    confirmed: ["Uw boeking is bevestigd: {service}", "uw boeking is bevestigd."],
    rescheduled: ["Uw boeking heeft een nieuwe tijd: {service}", "uw boeking is verplaatst."],
    cancelled: ["Uw boeking is geannuleerd: {service}", "uw boeking is geannuleerd."],
    people: "Personen:",
    reason: "Reden:",
    link: "Uw boeking:",
    owner: {
      made: "Nieuwe boeking: {service}",
      moved: "Boeking verplaatst: {service}",
      cancelled: "Boeking geannuleerd: {service}",
    },
  },
  fr: {
    hello: "Bonjour {name},",
    received: [
      "Votre réservation : {service}",
      "nous avons bien reçu votre réservation. Vous aurez de nos nouvelles dès qu’elle sera confirmée.",
    ],
    toConfirm: [
      "Veuillez confirmer votre réservation : {service}",
      "veuillez ouvrir le lien ci-dessous avant le {until} pour confirmer votre réservation.",
    ],
    confirmed: ["Votre réservation est confirmée : {service}", "votre réservation est confirmée."],
    rescheduled: ["Votre réservation a un nouvel horaire : {service}", "votre réservation a été déplacée."],
    cancelled: ["Votre réservation est annulée : {service}", "votre réservation a été annulée."],
    people: "Personnes :",
    reason: "Motif :",
    link: "Votre réservation :",
    owner: {
      made: "Nouvelle réservation : {service}",
      moved: "Réservation déplacée : {service}",
      cancelled: "Réservation annulée : {service}",
    },
  },
  es: {
    hello: "Hola, {name}:",
    received: ["Su reserva: {service}", "hemos recibido su reserva. Le avisaremos en cuanto esté confirmada."],
    toConfirm: [
      "Confirme su reserva: {service}",
      "abra el enlace de abajo antes del {until} para confirmar su reserva.",
    ],
    confirmed: ["Su reserva está confirmada: {service}", "su reserva está confirmada."],
    rescheduled: ["Su reserva tiene una nueva hora: {service}", "su reserva se ha cambiado de hora."],
    cancelled: ["Su reserva está cancelada: {service}", "su reserva se ha cancelado."],
    people: "Personas:",
    reason: "Motivo:",
    link: "Su reserva:",
    owner: {
      made: "Nueva reserva: {service}",
      moved: "Reserva cambiada: {service}",
      cancelled: "Reserva cancelada: {service}",
    },
  },
  ar: {
    hello: "مرحبًا {name}،",
    received: ["حجزك: {service}", "لقد استلمنا حجزك، وسنعلمك فور تأكيده."],
    toConfirm: ["يرجى تأكيد حجزك: {service}", "يرجى فتح الرابط أدناه قبل {until} لتأكيد حجزك."],
    confirmed: ["تم تأكيد حجزك: {service}", "تم تأكيد حجزك."],
    rescheduled: ["لحجزك موعد جديد: {service}", "تم تغيير موعد حجزك."],
    cancelled: ["تم إلغاء حجزك: {service}", "تم إلغاء حجزك."],
    people: "عدد الأشخاص:",
    reason: "السبب:",
    link: "حجزك:",
    owner: {
      made: "حجز جديد: {service}",
      moved: "تم تغيير موعد حجز: {service}",
      cancelled: "تم إلغاء حجز: {service}",
    },
  },
};

/** The words of a language; English for one that there are none of. */
export const bookingMailWords = (locale: string) => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
