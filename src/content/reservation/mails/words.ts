/** What a mail says first: its subject, and what has happened. `{place}` is the website, `{name}` who has reserved. */
interface Said {
  subject: string;
  text: string;
}

/** What mails about reservations say beside the reservation itself. */
export interface ReservationMailWords {
  /** To the customer: it waits for them to open the link, waits for the owner, is confirmed, is moved, is cancelled. */
  confirm: Said;
  received: Said;
  confirmed: Said;
  moved: Said;
  cancelled: Said;
  /** To the owner: somebody has reserved, somebody has cancelled. */
  arrived: Said;
  withdrawn: Said;
  greeting: string;
  guests: string;
  note: string;
  /** Before why it was cancelled. */
  reason: string;
  /** Before the link at which a customer confirms, and where they see it. */
  toConfirm: string;
  toSee: string;
  /** The same of one that is cancelled. */
  toPage: string;
  /** Names it to the owner by its `{id}`. */
  number: string;
}

const ENGLISH: ReservationMailWords = {
  confirm: {
    subject: "Please confirm your reservation at {place}",
    text: "A table is kept for you. Please open this link by {until}; without that, the table is free again.",
  },
  received: {
    subject: "Your reservation at {place}",
    text: "We have received your reservation. You will hear from us once it is confirmed.",
  },
  confirmed: {
    subject: "Your table at {place} is reserved",
    text: "Your reservation is confirmed. We look forward to seeing you.",
  },
  moved: {
    subject: "Your reservation at {place} has changed",
    text: "Your reservation has changed. This is how it stands now.",
  },
  cancelled: { subject: "Your reservation at {place} is cancelled", text: "Your reservation is cancelled." },
  arrived: { subject: "New reservation: {name}", text: "{name} has reserved a table." },
  withdrawn: { subject: "Cancelled reservation: {name}", text: "{name} has cancelled their reservation." },
  greeting: "Hello {name},",
  guests: "Guests",
  note: "Note",
  reason: "Reason",
  toConfirm: "Confirm your reservation:",
  toSee: "See, move or cancel your reservation:",
  toPage: "Your reservation:",
  number: "The number of this reservation is {id}.",
};

const WORDS: Readonly<Record<string, ReservationMailWords>> = {
  de: {
    confirm: {
      subject: "Bitte bestätigen Sie Ihre Reservierung bei {place}",
      text: "Ein Tisch ist für Sie vorgemerkt. Bitte öffnen Sie diesen Link bis {until}; sonst wird der Tisch wieder frei.",
    },
    received: {
      subject: "Ihre Reservierung bei {place}",
      text: "Ihre Reservierung ist bei uns angekommen. Sobald sie bestätigt ist, hören Sie von uns.",
    },
    confirmed: {
      subject: "Ihr Tisch bei {place} ist reserviert",
      text: "Ihre Reservierung ist bestätigt. Wir freuen uns auf Sie.",
    },
    moved: {
      subject: "Ihre Reservierung bei {place} wurde geändert",
      text: "Ihre Reservierung wurde geändert. So lautet sie jetzt.",
    },
    cancelled: { subject: "Ihre Reservierung bei {place} ist storniert", text: "Ihre Reservierung ist storniert." },
    arrived: { subject: "Neue Reservierung: {name}", text: "{name} hat einen Tisch reserviert." },
    withdrawn: { subject: "Stornierte Reservierung: {name}", text: "{name} hat die Reservierung storniert." },
    greeting: "Guten Tag {name}!",
    guests: "Personen",
    note: "Anmerkung",
    reason: "Grund",
    toConfirm: "Reservierung bestätigen:",
    toSee: "Reservierung ansehen, verlegen oder stornieren:",
    toPage: "Ihre Reservierung:",
    number: "Die Nummer dieser Reservierung ist {id}.",
  },
  nl: {
    confirm: {
      subject: "Bevestig uw reservering bij {place}",
      text: "Er is een tafel voor u vastgehouden. Open deze link vóór {until}; anders komt de tafel weer vrij.",
    },
    received: {
      subject: "Uw reservering bij {place}",
      text: "Wij hebben uw reservering ontvangen. Zodra zij is bevestigd, hoort u van ons.",
    },
    confirmed: {
      subject: "Uw tafel bij {place} is gereserveerd",
      text: "Uw reservering is bevestigd. Wij zien u graag komen.",
    },
    moved: {
      subject: "Uw reservering bij {place} is gewijzigd",
      text: "Uw reservering is gewijzigd. Zo luidt zij nu.",
    },
    cancelled: { subject: "Uw reservering bij {place} is geannuleerd", text: "Uw reservering is geannuleerd." },
    arrived: { subject: "Nieuwe reservering: {name}", text: "{name} heeft een tafel gereserveerd." },
    withdrawn: { subject: "Geannuleerde reservering: {name}", text: "{name} heeft de reservering geannuleerd." },
    greeting: "Dag {name},",
    guests: "Personen",
    note: "Opmerking",
    reason: "Reden",
    toConfirm: "Uw reservering bevestigen:",
    toSee: "Uw reservering bekijken, verplaatsen of annuleren:",
    toPage: "Uw reservering:",
    number: "Het nummer van deze reservering is {id}.",
  },
  fr: {
    confirm: {
      subject: "Veuillez confirmer votre réservation chez {place}",
      text: "Une table est retenue pour vous. Veuillez ouvrir ce lien avant {until} ; sinon la table sera de nouveau libre.",
    },
    received: {
      subject: "Votre réservation chez {place}",
      text: "Nous avons bien reçu votre réservation. Nous vous écrirons dès qu’elle sera confirmée.",
    },
    confirmed: {
      subject: "Votre table chez {place} est réservée",
      text: "Votre réservation est confirmée. Au plaisir de vous accueillir.",
    },
    moved: {
      subject: "Votre réservation chez {place} a changé",
      text: "Votre réservation a changé. La voici telle qu’elle est maintenant.",
    },
    cancelled: { subject: "Votre réservation chez {place} est annulée", text: "Votre réservation est annulée." },
    arrived: { subject: "Nouvelle réservation : {name}", text: "{name} a réservé une table." },
    withdrawn: { subject: "Réservation annulée : {name}", text: "{name} a annulé sa réservation." },
    greeting: "Bonjour {name},",
    guests: "Personnes",
    note: "Remarque",
    reason: "Motif",
    toConfirm: "Confirmer votre réservation :",
    toSee: "Voir, déplacer ou annuler votre réservation :",
    toPage: "Votre réservation :",
    number: "Le numéro de cette réservation est {id}.",
  },
  es: {
    confirm: {
      subject: "Confirme su reserva en {place}",
      text: "Le guardamos una mesa. Abra este enlace antes de {until}; si no, la mesa volverá a quedar libre.",
    },
    received: {
      subject: "Su reserva en {place}",
      text: "Hemos recibido su reserva. Le escribiremos en cuanto esté confirmada.",
    },
    confirmed: { subject: "Su mesa en {place} está reservada", text: "Su reserva está confirmada. Le esperamos." },
    moved: { subject: "Su reserva en {place} ha cambiado", text: "Su reserva ha cambiado. Así queda ahora." },
    cancelled: { subject: "Su reserva en {place} está cancelada", text: "Su reserva está cancelada." },
    arrived: { subject: "Nueva reserva: {name}", text: "{name} ha reservado una mesa." },
    withdrawn: { subject: "Reserva cancelada: {name}", text: "{name} ha cancelado su reserva." },
    greeting: "Hola, {name}:",
    guests: "Personas",
    note: "Nota",
    reason: "Motivo",
    toConfirm: "Confirmar su reserva:",
    toSee: "Ver, cambiar o cancelar su reserva:",
    toPage: "Su reserva:",
    number: "El número de esta reserva es {id}.",
  },
  ar: {
    confirm: {
      subject: "يُرجى تأكيد حجزك لدى {place}",
      text: "حجزنا لك طاولة مؤقتًا. يُرجى فتح هذا الرابط قبل {until}، وإلا أصبحت الطاولة متاحة من جديد.",
    },
    received: { subject: "حجزك لدى {place}", text: "وصلنا حجزك. سنكتب إليك فور تأكيده." },
    confirmed: { subject: "طاولتك لدى {place} محجوزة", text: "تم تأكيد حجزك. نتطلع إلى زيارتك." },
    moved: { subject: "تغيّر حجزك لدى {place}", text: "تغيّر حجزك، وهو الآن كما يلي." },
    cancelled: { subject: "أُلغي حجزك لدى {place}", text: "أُلغي حجزك." },
    arrived: { subject: "حجز جديد: {name}", text: "حجز {name} طاولة." },
    withdrawn: { subject: "حجز ملغى: {name}", text: "ألغى {name} حجزه." },
    greeting: "مرحبًا {name}،",
    guests: "عدد الأشخاص",
    note: "ملاحظة",
    reason: "السبب",
    toConfirm: "تأكيد الحجز:",
    toSee: "عرض الحجز أو تغييره أو إلغاؤه:",
    toPage: "حجزك:",
    number: "رقم هذا الحجز هو {id}.",
  },
};

/** The words of a language, in English where there are none. */
export const mailWordsFor = (locale: string): ReservationMailWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
