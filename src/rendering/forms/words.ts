import { filled } from "../text/filled.ts";

/** Why an answer is not taken. */
export type Wrong = keyof FormWords["wrong"];

/** What forms of pages say beside what their owner has written. */
export interface FormWords {
  /** Of a form without a heading. */
  form: string;
  /** Behind the label of what may stay empty. */
  optional: string;
  /** Heads what is to be corrected. */
  problems: string;
  send: string;
  /** Said when it has arrived. */
  sent: string;
  back: string;
  preview: string;
  /** Of the field that nobody sees. */
  trap: string;
  /** A browser does not show again which files were chosen. */
  files: string;
  contact: { name: string; email: string; phone: string; message: string };
  /** Why a form is shown again although nothing in it is wrong. */
  again: { early: string; expired: string; used: string };
  /** What is wrong with a field; `{label}` is what it is called, `{limit}` what is allowed. */
  wrong: Record<
    | "required"
    | "email"
    | "tel"
    | "number"
    | "min"
    | "max"
    | "date"
    | "option"
    | "length"
    | "text"
    | "file"
    | "type"
    | "size"
    | "total"
    | "room",
    string
  >;
}

const ENGLISH: FormWords = {
  form: "Form",
  optional: "optional",
  problems: "Please check these fields",
  send: "Send",
  sent: "Thank you. Your message has arrived.",
  back: "Back to the page",
  preview: "This is a preview: nothing can be sent.",
  trap: "Leave this field empty",
  files: "Files have to be chosen again.",
  contact: {
    name: "Name",
    email: "E-mail address",
    phone: "Phone number",
    message: "Message",
  },
  again: {
    early: "That was quick. Please check what you have written and send it again.",
    expired: "The form has been open for long. Please send it again.",
    used: "This form has been sent before. To send what you have written now as well, send it again.",
  },
  wrong: {
    required: "{label}: please fill this in.",
    email: "{label}: please enter an e-mail address.",
    tel: "{label}: please enter a phone number.",
    number: "{label}: please enter a number.",
    min: "{label}: at least {limit}.",
    max: "{label}: at most {limit}.",
    date: "{label}: please enter a date.",
    option: "{label}: please choose one of the answers.",
    length: "{label}: at most {limit} characters.",
    text: "{label}: this has characters that cannot be sent.",
    file: "{label}: please choose a file.",
    type: "{label}: this kind of file is not taken. Taken are: {limit}.",
    size: "{label}: the file is larger than {limit}.",
    total: "The files are larger than {limit} together.",
    room: "{label}: the file cannot be taken at the moment. Please send the form without it.",
  },
};

const WORDS: Record<string, FormWords> = {
  de: {
    form: "Formular",
    optional: "freiwillig",
    problems: "Bitte prüfen Sie diese Felder",
    send: "Absenden",
    sent: "Vielen Dank. Ihre Nachricht ist angekommen.",
    back: "Zurück zur Seite",
    preview: "Dies ist eine Vorschau: Es kann nichts gesendet werden.",
    trap: "Lassen Sie dieses Feld leer",
    files: "Dateien müssen noch einmal ausgewählt werden.",
    contact: {
      name: "Name",
      email: "E-Mail-Adresse",
      phone: "Telefonnummer",
      message: "Nachricht",
    },
    again: {
      early: "Das ging schnell. Bitte prüfen Sie Ihre Angaben und senden Sie sie noch einmal.",
      expired: "Das Formular war lange offen. Bitte senden Sie es noch einmal.",
      used: "Dieses Formular wurde schon gesendet. Um auch das zu senden, was Sie jetzt geschrieben haben, senden Sie es noch einmal.",
    },
    wrong: {
      required: "{label}: Bitte ausfüllen.",
      email: "{label}: Bitte geben Sie eine E-Mail-Adresse ein.",
      tel: "{label}: Bitte geben Sie eine Telefonnummer ein.",
      number: "{label}: Bitte geben Sie eine Zahl ein.",
      min: "{label}: mindestens {limit}.",
      max: "{label}: höchstens {limit}.",
      date: "{label}: Bitte geben Sie ein Datum ein.",
      option: "{label}: Bitte wählen Sie eine der Antworten.",
      length: "{label}: höchstens {limit} Zeichen.",
      text: "{label}: Das enthält Zeichen, die nicht gesendet werden können.",
      file: "{label}: Bitte wählen Sie eine Datei.",
      type: "{label}: Diese Art von Datei wird nicht angenommen, sondern: {limit}.",
      size: "{label}: Die Datei ist größer als {limit}.",
      total: "Die Dateien sind zusammen größer als {limit}.",
      room: "{label}: Die Datei kann zurzeit nicht angenommen werden. Bitte senden Sie das Formular ohne sie.",
    },
  },
  nl: {
    form: "Formulier",
    optional: "niet verplicht",
    problems: "Controleer deze velden",
    send: "Versturen",
    sent: "Bedankt. Uw bericht is aangekomen.",
    back: "Terug naar de pagina",
    preview: "Dit is een voorbeeld: er kan niets worden verstuurd.",
    trap: "Laat dit veld leeg",
    files: "Bestanden moeten opnieuw worden gekozen.",
    contact: {
      name: "Naam",
      email: "E-mailadres",
      phone: "Telefoonnummer",
      message: "Bericht",
    },
    again: {
      early: "Dat was snel. Controleer wat u hebt geschreven en verstuur het opnieuw.",
      expired: "Het formulier heeft lang opengestaan. Verstuur het opnieuw.",
      used: "Dit formulier is al verstuurd. Verstuur het opnieuw om ook te versturen wat u nu hebt geschreven.",
    },
    wrong: {
      required: "{label}: vul dit in.",
      email: "{label}: vul een e-mailadres in.",
      tel: "{label}: vul een telefoonnummer in.",
      number: "{label}: vul een getal in.",
      min: "{label}: minstens {limit}.",
      max: "{label}: hoogstens {limit}.",
      date: "{label}: vul een datum in.",
      option: "{label}: kies een van de antwoorden.",
      length: "{label}: hoogstens {limit} tekens.",
      text: "{label}: dit bevat tekens die niet kunnen worden verstuurd.",
      file: "{label}: kies een bestand.",
      type: "{label}: dit soort bestand wordt niet aangenomen, wel: {limit}.",
      size: "{label}: het bestand is groter dan {limit}.",
      total: "De bestanden zijn samen groter dan {limit}.",
      room: "{label}: het bestand kan nu niet worden aangenomen. Verstuur het formulier zonder het bestand.",
    },
  },
  fr: {
    form: "Formulaire",
    optional: "facultatif",
    problems: "Vérifiez ces champs",
    send: "Envoyer",
    sent: "Merci. Votre message est arrivé.",
    back: "Retour à la page",
    preview: "Ceci est un aperçu : rien ne peut être envoyé.",
    trap: "Laissez ce champ vide",
    files: "Les fichiers doivent être choisis à nouveau.",
    contact: {
      name: "Nom",
      email: "Adresse e-mail",
      phone: "Numéro de téléphone",
      message: "Message",
    },
    again: {
      early: "C’était rapide. Vérifiez ce que vous avez écrit et envoyez-le à nouveau.",
      expired: "Le formulaire est resté longtemps ouvert. Envoyez-le à nouveau.",
      used: "Ce formulaire a déjà été envoyé. Pour envoyer aussi ce que vous venez d’écrire, envoyez-le à nouveau.",
    },
    wrong: {
      required: "{label} : à remplir.",
      email: "{label} : indiquez une adresse e-mail.",
      tel: "{label} : indiquez un numéro de téléphone.",
      number: "{label} : indiquez un nombre.",
      min: "{label} : au moins {limit}.",
      max: "{label} : au plus {limit}.",
      date: "{label} : indiquez une date.",
      option: "{label} : choisissez une des réponses.",
      length: "{label} : {limit} caractères au plus.",
      text: "{label} : contient des caractères qui ne peuvent pas être envoyés.",
      file: "{label} : choisissez un fichier.",
      type: "{label} : ce type de fichier n’est pas accepté. Acceptés : {limit}.",
      size: "{label} : le fichier dépasse {limit}.",
      total: "Les fichiers dépassent ensemble {limit}.",
      room: "{label} : le fichier ne peut pas être accepté pour le moment. Envoyez le formulaire sans lui.",
    },
  },
  es: {
    form: "Formulario",
    optional: "opcional",
    problems: "Revise estos campos",
    send: "Enviar",
    sent: "Gracias. Su mensaje ha llegado.",
    back: "Volver a la página",
    preview: "Esto es una vista previa: no se puede enviar nada.",
    trap: "Deje este campo vacío",
    files: "Los archivos deben elegirse de nuevo.",
    contact: {
      name: "Nombre",
      email: "Correo electrónico",
      phone: "Teléfono",
      message: "Mensaje",
    },
    again: {
      early: "Ha sido muy rápido. Revise lo que ha escrito y envíelo de nuevo.",
      expired: "El formulario ha estado abierto mucho tiempo. Envíelo de nuevo.",
      used: "Este formulario ya se ha enviado. Para enviar también lo que ha escrito ahora, envíelo de nuevo.",
    },
    wrong: {
      required: "{label}: rellene este campo.",
      email: "{label}: indique un correo electrónico.",
      tel: "{label}: indique un teléfono.",
      number: "{label}: indique un número.",
      min: "{label}: como mínimo {limit}.",
      max: "{label}: como máximo {limit}.",
      date: "{label}: indique una fecha.",
      option: "{label}: elija una de las respuestas.",
      length: "{label}: {limit} caracteres como máximo.",
      text: "{label}: contiene caracteres que no se pueden enviar.",
      file: "{label}: elija un archivo.",
      type: "{label}: no se acepta este tipo de archivo. Se aceptan: {limit}.",
      size: "{label}: el archivo supera {limit}.",
      total: "Los archivos superan juntos {limit}.",
      room: "{label}: el archivo no se puede aceptar en este momento. Envíe el formulario sin él.",
    },
  },
  ar: {
    form: "نموذج",
    optional: "اختياري",
    problems: "يُرجى التحقق من هذه الحقول",
    send: "إرسال",
    sent: "شكرًا لك. وصلت رسالتك.",
    back: "العودة إلى الصفحة",
    preview: "هذه معاينة: لا يمكن إرسال شيء.",
    trap: "اترك هذا الحقل فارغًا",
    files: "يجب اختيار الملفات مرة أخرى.",
    contact: {
      name: "الاسم",
      email: "البريد الإلكتروني",
      phone: "رقم الهاتف",
      message: "الرسالة",
    },
    again: {
      early: "كان ذلك سريعًا. يُرجى مراجعة ما كتبته وإرساله مرة أخرى.",
      expired: "بقي النموذج مفتوحًا مدة طويلة. يُرجى إرساله مرة أخرى.",
      used: "أُرسل هذا النموذج من قبل. لإرسال ما كتبته الآن أيضًا، أرسله مرة أخرى.",
    },
    wrong: {
      required: "{label}: يُرجى ملء هذا الحقل.",
      email: "{label}: يُرجى إدخال بريد إلكتروني.",
      tel: "{label}: يُرجى إدخال رقم هاتف.",
      number: "{label}: يُرجى إدخال رقم.",
      min: "{label}: ‏{limit} على الأقل.",
      max: "{label}: ‏{limit} على الأكثر.",
      date: "{label}: يُرجى إدخال تاريخ.",
      option: "{label}: يُرجى اختيار إحدى الإجابات.",
      length: "{label}: ‏{limit} حرفًا على الأكثر.",
      text: "{label}: يحتوي على أحرف لا يمكن إرسالها.",
      file: "{label}: يُرجى اختيار ملف.",
      type: "{label}: لا يُقبل هذا النوع من الملفات. المقبول: {limit}.",
      size: "{label}: الملف أكبر من {limit}.",
      total: "الملفات مجتمعة أكبر من {limit}.",
      room: "{label}: لا يمكن قبول الملف حاليًا. يُرجى إرسال النموذج بدونه.",
    },
  },
};

/** The words of forms in a page's language, in English where there are none. */
export const formWordsFor = (locale: string): FormWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;

/** A sentence with what stands in it. */
/** A label as it stands before a colon: without an end of its own, unless that is a question's. */
export const bareLabel = (label: string): string => label.trim().replace(/[\s.:;,…。：]+$/u, "") || label;

const isAsked = (label: string): boolean => /[?!؟？！]$/u.test(label);

/** A line that a label heads: `Name: Ada`, `Are you coming? Yes`. */
export const headedBy = (label: string, text: string): string => {
  const bare = bareLabel(label);
  return isAsked(bare) ? `${bare} ${text}` : `${bare}: ${text}`;
};

/** What is wrong with a field, in a sentence of `wrong`. */
export const saidOf = (sentence: string, { label, limit }: { label: string; limit: string }): string => {
  const bare = bareLabel(label);
  return filled(isAsked(bare) ? sentence.replace(/(\{label\})\s?:/u, "$1") : sentence, { label: bare, limit });
};
