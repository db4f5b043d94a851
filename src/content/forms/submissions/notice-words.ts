/** What a mail about a submission says beside what was answered. */
interface NoticeWords {
  /** `{form}` is what the form is called. */
  subject: string;
  file: string;
  yes: string;
  no: string;
}

const ENGLISH: NoticeWords = { subject: "{form}: a new submission", file: "File", yes: "Yes", no: "No" };

const WORDS: Record<string, NoticeWords> = {
  de: { subject: "{form}: eine neue Einsendung", file: "Datei", yes: "Ja", no: "Nein" },
  nl: { subject: "{form}: een nieuwe inzending", file: "Bestand", yes: "Ja", no: "Nee" },
  fr: { subject: "{form} : un nouvel envoi", file: "Fichier", yes: "Oui", no: "Non" },
  es: { subject: "{form}: un nuevo envío", file: "Archivo", yes: "Sí", no: "No" },
  ar: { subject: "{form}: رسالة جديدة", file: "ملف", yes: "نعم", no: "لا" },
};

/** The words of a site's own language, in English where there are none. */
export const noticeWordsFor = (locale: string): NoticeWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
