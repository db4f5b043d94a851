/** What stands around the content of a page. */
interface Words {
  skip: string;
  menu: string;
  blog: string;
  languages: string;
  /** What heads a list of pages. */
  pages: string;
  /** The way back from a page that is not there. */
  home: string;
  older: string;
  newer: string;
  /** Title and text of the page that says there is none (HTTP 404), or none any more (410). */
  missing: [title: string, text: string];
  gone: [title: string, text: string];
  /** Of the page for those who ask too often (HTTP 429); `{seconds}` is how long to wait. */
  busy: [title: string, text: string];
}

const ENGLISH: Words = {
  skip: "Skip to content",
  menu: "Main",
  blog: "Blog",
  languages: "Languages",
  pages: "Pages",
  home: "To the start page",
  older: "Older",
  newer: "Newer",
  missing: ["Page not found", "There is no page at this address."],
  gone: ["Page removed", "This page is no longer there."],
  busy: ["Too many requests", "Please try again in {seconds} s."],
};

const WORDS: Record<string, Words> = {
  de: {
    skip: "Zum Inhalt springen",
    menu: "Hauptnavigation",
    blog: "Blog",
    languages: "Sprachen",
    pages: "Seiten",
    home: "Zur Startseite",
    older: "Ältere",
    newer: "Neuere",
    missing: ["Seite nicht gefunden", "Unter dieser Adresse gibt es keine Seite."],
    gone: ["Seite entfernt", "Diese Seite gibt es nicht mehr."],
    busy: ["Zu viele Anfragen", "Bitte in {seconds} s noch einmal versuchen."],
  },
  nl: {
    skip: "Naar de inhoud",
    menu: "Hoofdmenu",
    blog: "Blog",
    languages: "Talen",
    pages: "Pagina’s",
    home: "Naar de startpagina",
    older: "Ouder",
    newer: "Nieuwer",
    missing: ["Pagina niet gevonden", "Op dit adres is geen pagina."],
    gone: ["Pagina verwijderd", "Deze pagina bestaat niet meer."],
    busy: ["Te veel verzoeken", "Probeer het over {seconds} s opnieuw."],
  },
  fr: {
    skip: "Aller au contenu",
    menu: "Menu principal",
    blog: "Blog",
    languages: "Langues",
    pages: "Pages",
    home: "Retour à l’accueil",
    older: "Plus anciens",
    newer: "Plus récents",
    missing: ["Page introuvable", "Il n’y a pas de page à cette adresse."],
    gone: ["Page supprimée", "Cette page n’existe plus."],
    busy: ["Trop de requêtes", "Veuillez réessayer dans {seconds} s."],
  },
  es: {
    skip: "Saltar al contenido",
    menu: "Menú principal",
    blog: "Blog",
    languages: "Idiomas",
    pages: "Páginas",
    home: "Ir a la página de inicio",
    older: "Anteriores",
    newer: "Siguientes",
    missing: ["Página no encontrada", "No hay ninguna página en esta dirección."],
    gone: ["Página eliminada", "Esta página ya no existe."],
    busy: ["Demasiadas solicitudes", "Inténtelo de nuevo en {seconds} s."],
  },
  ar: {
    skip: "تخطَّ إلى المحتوى",
    menu: "القائمة الرئيسية",
    blog: "المدوّنة",
    languages: "اللغات",
    pages: "الصفحات",
    home: "إلى الصفحة الرئيسية",
    older: "الأقدم",
    newer: "الأحدث",
    missing: ["الصفحة غير موجودة", "لا توجد صفحة في هذا العنوان."],
    gone: ["أُزيلت الصفحة", "لم تعد هذه الصفحة موجودة."],
    busy: ["طلبات كثيرة جدًا", "يُرجى المحاولة مجددًا بعد {seconds} ث."],
  },
};

/** The words of the frame in a page's language, in English where there are none. */
export const wordsFor = (locale: string): Words => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
