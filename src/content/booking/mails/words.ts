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
  made: [subject: string, text: string];
  moved: [subject: string, text: string];
  cancelled: [subject: string, text: string];
  /** Names the booking by its `{id}`. */
  number: string;
}

const ENGLISH: MailWords & { owner: OwnerWords } = {
  hello: "Hello {name},",
  received: ["Your booking: {service}", "We have received your booking. You will hear from us once it is confirmed."],
  toConfirm: [
    "Please confirm your booking: {service}",
    "Please open the link below by {until} to confirm your booking.",
  ],
  confirmed: ["Your booking is confirmed: {service}", "Your booking is confirmed."],
  rescheduled: ["Your booking has a new time: {service}", "Your booking has been moved."],
  cancelled: ["Your booking is cancelled: {service}", "Your booking has been cancelled."],
  people: "People:",
  reason: "Reason:",
  link: "Your booking:",
  owner: {
    made: ["New booking: {service}", "{name} has booked {service}."],
    moved: ["Booking moved: {service}", "{name} has moved their booking. It is now at this time."],
    cancelled: ["Booking cancelled: {service}", "{name} has cancelled their booking."],
    number: "The number of this booking is {id}.",
  },
};

const WORDS: Readonly<Record<string, MailWords & { owner: OwnerWords }>> = {
  de: {
    hello: "Guten Tag {name}!",
    received: [
      "Ihre Buchung: {service}",
      "Wir haben Ihre Buchung erhalten. Sie hören von uns, sobald sie bestätigt ist.",
    ],
    toConfirm: [
      "Bitte bestätigen Sie Ihre Buchung: {service}",
      "Bitte öffnen Sie bis {until} den Link unten, um Ihre Buchung zu bestätigen.",
    ],
    confirmed: ["Ihre Buchung ist bestätigt: {service}", "Ihre Buchung ist bestätigt."],
    rescheduled: ["Ihre Buchung hat eine neue Zeit: {service}", "Ihre Buchung wurde verschoben."],
    cancelled: ["Ihre Buchung ist storniert: {service}", "Ihre Buchung wurde storniert."],
    people: "Personen:",
    reason: "Grund:",
    link: "Ihre Buchung:",
    owner: {
      made: ["Neue Buchung: {service}", "{name} hat {service} gebucht."],
      moved: ["Buchung verschoben: {service}", "{name} hat die Buchung verschoben. Sie ist jetzt zu dieser Zeit."],
      cancelled: ["Buchung storniert: {service}", "{name} hat die Buchung storniert."],
      number: "Die Nummer dieser Buchung ist {id}.",
    },
  },
  nl: {
    hello: "Hallo {name},",
    received: ["Uw boeking: {service}", "We hebben uw boeking ontvangen. U hoort van ons zodra ze is bevestigd."],
    toConfirm: ["Bevestig uw boeking: {service}", "Open vóór {until} de link hieronder om uw boeking te bevestigen."],
    confirmed: ["Uw boeking is bevestigd: {service}", "Uw boeking is bevestigd."],
    rescheduled: ["Uw boeking heeft een nieuwe tijd: {service}", "Uw boeking is verplaatst."],
    cancelled: ["Uw boeking is geannuleerd: {service}", "Uw boeking is geannuleerd."],
    people: "Personen:",
    reason: "Reden:",
    link: "Uw boeking:",
    owner: {
      made: ["Nieuwe boeking: {service}", "{name} heeft {service} geboekt."],
      moved: ["Boeking verplaatst: {service}", "{name} heeft de boeking verplaatst. Dit is de nieuwe tijd."],
      cancelled: ["Boeking geannuleerd: {service}", "{name} heeft de boeking geannuleerd."],
      number: "Het nummer van deze boeking is {id}.",
    },
  },
  fr: {
    hello: "Bonjour {name},",
    received: [
      "Votre réservation : {service}",
      "Nous avons bien reçu votre réservation. Vous aurez de nos nouvelles dès qu’elle sera confirmée.",
    ],
    toConfirm: [
      "Veuillez confirmer votre réservation : {service}",
      "Veuillez ouvrir le lien ci-dessous avant le {until} pour confirmer votre réservation.",
    ],
    confirmed: ["Votre réservation est confirmée : {service}", "Votre réservation est confirmée."],
    rescheduled: ["Votre réservation a un nouvel horaire : {service}", "Votre réservation a été déplacée."],
    cancelled: ["Votre réservation est annulée : {service}", "Votre réservation a été annulée."],
    people: "Personnes :",
    reason: "Motif :",
    link: "Votre réservation :",
    owner: {
      made: ["Nouvelle réservation : {service}", "{name} a réservé {service}."],
      moved: ["Réservation déplacée : {service}", "{name} a déplacé sa réservation. Voici le nouvel horaire."],
      cancelled: ["Réservation annulée : {service}", "{name} a annulé sa réservation."],
      number: "Le numéro de cette réservation est {id}.",
    },
  },
  es: {
    hello: "Hola, {name}:",
    received: ["Su reserva: {service}", "Hemos recibido su reserva. Le avisaremos en cuanto esté confirmada."],
    toConfirm: [
      "Confirme su reserva: {service}",
      "Abra el enlace de abajo antes del {until} para confirmar su reserva.",
    ],
    confirmed: ["Su reserva está confirmada: {service}", "Su reserva está confirmada."],
    rescheduled: ["Su reserva tiene una nueva hora: {service}", "Su reserva se ha cambiado de hora."],
    cancelled: ["Su reserva está cancelada: {service}", "Su reserva se ha cancelado."],
    people: "Personas:",
    reason: "Motivo:",
    link: "Su reserva:",
    owner: {
      made: ["Nueva reserva: {service}", "{name} ha reservado {service}."],
      moved: ["Reserva cambiada: {service}", "{name} ha cambiado su reserva. Esta es la nueva hora."],
      cancelled: ["Reserva cancelada: {service}", "{name} ha cancelado su reserva."],
      number: "El número de esta reserva es {id}.",
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
      made: ["حجز جديد: {service}", "حجز {name} {service}."],
      moved: ["تم تغيير موعد حجز: {service}", "غيّر {name} موعد حجزه، وهذا هو الموعد الجديد."],
      cancelled: ["تم إلغاء حجز: {service}", "ألغى {name} حجزه."],
      number: "رقم هذا الحجز هو {id}.",
    },
  },
};

/** The words of a language; English for one that there are none of. */
export const bookingMailWords = (locale: string) => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
