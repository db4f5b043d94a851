import type { OwnWords } from "./own-words.ts";
import { type BookingWords, bookingWordsFor } from "./words.ts";

/** What a table is spoken of with, where it is not what is said of an appointment. */
type Own = Pick<
  OwnWords,
  | ("start" | "nothingOffered" | "send" | "title" | "received" | "thanks" | "confirm" | "keepLink")
  | ("cancel" | "really" | "moveHere" | "back" | "taken" | "freeOn" | "noneOn" | "tooMany")
>;

const ENGLISH: Own = {
  start: "Reserve a table",
  nothingOffered: "No tables can be reserved here at the moment.",
  freeOn: "Free tables on {date}",
  noneOn: "No table is free on {date}.",
  send: "Reserve table",
  taken:
    "The last table for this time has just been taken. Please choose another time; what you have entered is still here.",
  tooMany: "There is no table for that many people at this time.",
  title: "Your reservation",
  received: "Thank you! We have received your reservation.",
  thanks: "Thank you! Your table is reserved.",
  confirm: "Confirm reservation",
  keepLink: "Keep the address of this page: it is the way back to your reservation.",
  cancel: "Cancel reservation",
  really: "Do you really want to cancel this reservation?",
  moveHere: "Move reservation to this time",
  back: "Back to your reservation",
};

const WORDS: Readonly<Record<string, Own>> = {
  de: {
    start: "Tisch reservieren",
    nothingOffered: "Zurzeit können hier keine Tische reserviert werden.",
    freeOn: "Freie Tische am {date}",
    noneOn: "Am {date} ist kein Tisch frei.",
    send: "Tisch reservieren",
    taken:
      "Der letzte Tisch zu dieser Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere; Ihre Angaben sind noch da.",
    tooMany: "Für so viele Personen gibt es zu dieser Zeit keinen Tisch.",
    title: "Ihre Reservierung",
    received: "Vielen Dank! Ihre Reservierung ist bei uns angekommen.",
    thanks: "Vielen Dank! Ihr Tisch ist reserviert.",
    confirm: "Reservierung bestätigen",
    keepLink: "Merken Sie sich die Adresse dieser Seite: Sie führt zurück zu Ihrer Reservierung.",
    cancel: "Reservierung stornieren",
    really: "Möchten Sie diese Reservierung wirklich stornieren?",
    moveHere: "Reservierung auf diese Zeit verlegen",
    back: "Zurück zu Ihrer Reservierung",
  },
  nl: {
    start: "Tafel reserveren",
    nothingOffered: "Er kunnen hier op dit moment geen tafels gereserveerd worden.",
    freeOn: "Vrije tafels op {date}",
    noneOn: "Op {date} is geen tafel vrij.",
    send: "Tafel reserveren",
    taken: "De laatste tafel op deze tijd is zojuist vergeven. Kies een andere tijd; wat u hebt ingevuld staat er nog.",
    tooMany: "Voor zoveel personen is er op deze tijd geen tafel.",
    title: "Uw reservering",
    received: "Dank u wel! Wij hebben uw reservering ontvangen.",
    thanks: "Dank u wel! Uw tafel is gereserveerd.",
    confirm: "Reservering bevestigen",
    keepLink: "Bewaar het adres van deze pagina: zo komt u terug bij uw reservering.",
    cancel: "Reservering annuleren",
    really: "Wilt u deze reservering echt annuleren?",
    moveHere: "Reservering naar deze tijd verplaatsen",
    back: "Terug naar uw reservering",
  },
  fr: {
    start: "Réserver une table",
    nothingOffered: "Aucune table ne peut être réservée ici pour le moment.",
    freeOn: "Tables libres le {date}",
    noneOn: "Aucune table n’est libre le {date}.",
    send: "Réserver la table",
    taken:
      "La dernière table à cet horaire vient d’être prise. Choisissez-en un autre ; ce que vous avez saisi est toujours là.",
    tooMany: "Il n’y a pas de table pour autant de personnes à cet horaire.",
    title: "Votre réservation",
    received: "Merci ! Nous avons bien reçu votre réservation.",
    thanks: "Merci ! Votre table est réservée.",
    confirm: "Confirmer la réservation",
    keepLink: "Conservez l’adresse de cette page : elle vous ramène à votre réservation.",
    cancel: "Annuler la réservation",
    really: "Voulez-vous vraiment annuler cette réservation ?",
    moveHere: "Déplacer la réservation à cet horaire",
    back: "Retour à votre réservation",
  },
  es: {
    start: "Reservar una mesa",
    nothingOffered: "En este momento no se pueden reservar mesas aquí.",
    freeOn: "Mesas libres el {date}",
    noneOn: "No hay ninguna mesa libre el {date}.",
    send: "Reservar mesa",
    taken: "Alguien acaba de ocupar la última mesa a esta hora. Elija otra hora; lo que ha escrito sigue aquí.",
    tooMany: "A esta hora no hay mesa para tantas personas.",
    title: "Su reserva",
    received: "¡Gracias! Hemos recibido su reserva.",
    thanks: "¡Gracias! Su mesa está reservada.",
    confirm: "Confirmar la reserva",
    keepLink: "Guarde la dirección de esta página: le lleva de vuelta a su reserva.",
    cancel: "Cancelar la reserva",
    really: "¿De verdad quiere cancelar esta reserva?",
    moveHere: "Cambiar la reserva a esta hora",
    back: "Volver a su reserva",
  },
  ar: {
    start: "احجز طاولة",
    nothingOffered: "لا يمكن حجز طاولات هنا في الوقت الحالي.",
    freeOn: "الطاولات المتاحة في {date}",
    noneOn: "لا توجد طاولة متاحة في {date}.",
    send: "احجز الطاولة",
    taken: "حُجزت آخر طاولة في هذا الوقت للتو. يُرجى اختيار وقت آخر، وما كتبته ما زال هنا.",
    tooMany: "لا توجد طاولة لهذا العدد من الأشخاص في هذا الوقت.",
    title: "حجزك",
    received: "شكرًا لك! وصلنا حجزك.",
    thanks: "شكرًا لك! تم حجز طاولتك.",
    confirm: "تأكيد الحجز",
    keepLink: "احتفظ بعنوان هذه الصفحة: به تعود إلى حجزك.",
    cancel: "إلغاء الحجز",
    really: "هل تريد حقًا إلغاء هذا الحجز؟",
    moveHere: "نقل الحجز إلى هذا الوقت",
    back: "العودة إلى حجزك",
  },
};

/** The words of the pages of reservations in a language, in English where there are none. */
export const reservationWordsFor = (locale: string): BookingWords => ({
  ...bookingWordsFor(locale),
  ...(WORDS[locale.split("-")[0] as string] ?? ENGLISH),
});
