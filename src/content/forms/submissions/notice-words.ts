/** What a mail about a submission says beside what was answered. */
interface NoticeWords {
  /** `{form}` is what the form is called. */
  subject: string;
  /** What has happened; `{site}` is the website's name. */
  intro: string;
  file: string;
  yes: string;
  no: string;
  /** Before the id of the submission. */
  submission: string;
}

const ENGLISH: NoticeWords = {
  subject: "{form}: a new submission",
  intro: "Somebody has sent the form “{form}” of the website {site}.",
  file: "File",
  yes: "Yes",
  no: "No",
  submission: "Submission",
};

const WORDS: Record<string, NoticeWords> = {
  de: {
    subject: "{form}: eine neue Einsendung",
    intro: "Jemand hat das Formular „{form}“ der Website {site} abgeschickt.",
    file: "Datei",
    yes: "Ja",
    no: "Nein",
    submission: "Einsendung",
  },
  nl: {
    subject: "{form}: een nieuwe inzending",
    intro: "Iemand heeft het formulier “{form}” van de website {site} verstuurd.",
    file: "Bestand",
    yes: "Ja",
    no: "Nee",
    submission: "Inzending",
  },
  fr: {
    subject: "{form} : un nouvel envoi",
    intro: "Quelqu’un a envoyé le formulaire « {form} » du site {site}.",
    file: "Fichier",
    yes: "Oui",
    no: "Non",
    submission: "Envoi",
  },
  es: {
    subject: "{form}: un nuevo envío",
    intro: "Alguien ha enviado el formulario «{form}» del sitio web {site}.",
    file: "Archivo",
    yes: "Sí",
    no: "No",
    submission: "Envío",
  },
  ar: {
    subject: "{form}: رسالة جديدة",
    intro: "أرسل أحد الزوار النموذج «{form}» من موقع {site}.",
    file: "ملف",
    yes: "نعم",
    no: "لا",
    submission: "رقم الرسالة",
  },
};

/** The words of a site's own language, in English where there are none. */
export const noticeWordsFor = (locale: string): NoticeWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
