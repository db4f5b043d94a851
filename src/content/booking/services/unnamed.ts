const APPOINTMENT: Readonly<Record<string, string>> = {
  de: "Termin",
  nl: "Afspraak",
  fr: "Rendez-vous",
  es: "Cita",
  ar: "موعد",
};

/** What an appointment is called whose service is deleted; in English for a language without a word of its own. */
export const appointmentIn = (locale: string): string => APPOINTMENT[locale.split("-")[0] as string] ?? "Appointment";
