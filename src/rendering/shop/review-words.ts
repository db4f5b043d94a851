/** What pages say of reviews. */
export interface ReviewWords {
  reviews: string;
  /** Where there is none. */
  none: string;
  /** `{rating}` of five stars. */
  stars: string;
  /** Marks what somebody has written who has bought it here. */
  bought: string;
  /** Heads what the owner answers; `{name}` is the site's. */
  answer: string;
  older: string;
  newest: string;
  /** Heads what can be reviewed of an order. */
  yours: string;
  /** Leads to the form; `{title}` is the product's. */
  write: string;
  /** Leads back to a review that may still be changed. */
  change: string;
  rating: string;
  title: string;
  text: string;
  author: string;
  /** Said below the author: everybody sees the name. */
  shown: string;
  optional: string;
  send: string;
  /** Where the review stands. */
  status: { pending: string; approved: string; rejected: string };
  /** Heads what is wrong with a form, by field. */
  problems: string;
  wrong: { rating: string; title: string; text: string; author: string; other: string };
  /** A field that people leave empty. */
  trap: string;
  back: string;
}

const ENGLISH: ReviewWords = {
  reviews: "Reviews",
  none: "There are no reviews yet.",
  stars: "{rating} out of 5 stars",
  bought: "Verified purchase",
  answer: "Answer from {name}",
  older: "Older reviews",
  newest: "Newest reviews",
  yours: "Your reviews",
  write: "Review “{title}”",
  change: "Change your review",
  rating: "Stars",
  title: "Title",
  text: "Your review",
  author: "Your name",
  shown: "Shown with your review.",
  optional: "optional",
  send: "Send review",
  status: {
    pending: "Your review is being looked at.",
    approved: "Your review is published.",
    rejected: "Your review is not published.",
  },
  problems: "Please check your review",
  wrong: {
    rating: "Choose 1 to 5 stars.",
    title: "The title is one line of at most 200 characters.",
    text: "The review has at most 5,000 characters.",
    author: "Enter the name to be shown, at most 100 characters.",
    other: "This cannot be reviewed any more.",
  },
  trap: "Leave this field empty",
  back: "Back to your order",
};

const WORDS: Readonly<Record<string, ReviewWords>> = {
  de: {
    reviews: "Bewertungen",
    none: "Noch gibt es keine Bewertungen.",
    stars: "{rating} von 5 Sternen",
    bought: "Gekauft",
    answer: "Antwort von {name}",
    older: "Ältere Bewertungen",
    newest: "Neueste Bewertungen",
    yours: "Ihre Bewertungen",
    write: "„{title}“ bewerten",
    change: "Bewertung ändern",
    rating: "Sterne",
    title: "Titel",
    text: "Ihre Bewertung",
    author: "Ihr Name",
    shown: "Steht bei Ihrer Bewertung.",
    optional: "freiwillig",
    send: "Bewertung absenden",
    status: {
      pending: "Ihre Bewertung wird angesehen.",
      approved: "Ihre Bewertung ist veröffentlicht.",
      rejected: "Ihre Bewertung wird nicht veröffentlicht.",
    },
    problems: "Bitte prüfen Sie Ihre Bewertung",
    wrong: {
      rating: "Wählen Sie 1 bis 5 Sterne.",
      title: "Der Titel ist eine Zeile von höchstens 200 Zeichen.",
      text: "Die Bewertung hat höchstens 5.000 Zeichen.",
      author: "Geben Sie den Namen an, der gezeigt wird, mit höchstens 100 Zeichen.",
      other: "Dies kann nicht mehr bewertet werden.",
    },
    trap: "Lassen Sie dieses Feld leer",
    back: "Zurück zur Bestellung",
  },
  nl: {
    reviews: "Beoordelingen",
    none: "Er zijn nog geen beoordelingen.",
    stars: "{rating} van 5 sterren",
    bought: "Hier gekocht",
    answer: "Antwoord van {name}",
    older: "Oudere beoordelingen",
    newest: "Nieuwste beoordelingen",
    yours: "Uw beoordelingen",
    write: "Beoordeel ‘{title}’",
    change: "Beoordeling wijzigen",
    rating: "Sterren",
    title: "Titel",
    text: "Uw beoordeling",
    author: "Uw naam",
    shown: "Staat bij uw beoordeling.",
    optional: "niet verplicht",
    send: "Beoordeling versturen",
    status: {
      pending: "Uw beoordeling wordt bekeken.",
      approved: "Uw beoordeling is gepubliceerd.",
      rejected: "Uw beoordeling wordt niet gepubliceerd.",
    },
    problems: "Controleer uw beoordeling",
    wrong: {
      rating: "Kies 1 tot 5 sterren.",
      title: "De titel is één regel van hooguit 200 tekens.",
      text: "De beoordeling heeft hooguit 5.000 tekens.",
      author: "Vul de naam in die getoond wordt, hooguit 100 tekens.",
      other: "Dit kan niet meer beoordeeld worden.",
    },
    trap: "Laat dit veld leeg",
    back: "Terug naar uw bestelling",
  },
  fr: {
    reviews: "Avis",
    none: "Il n’y a pas encore d’avis.",
    stars: "{rating} sur 5 étoiles",
    bought: "Achat vérifié",
    answer: "Réponse de {name}",
    older: "Avis plus anciens",
    newest: "Avis les plus récents",
    yours: "Vos avis",
    write: "Donner un avis sur « {title} »",
    change: "Modifier votre avis",
    rating: "Étoiles",
    title: "Titre",
    text: "Votre avis",
    author: "Votre nom",
    shown: "Affiché avec votre avis.",
    optional: "facultatif",
    send: "Envoyer l’avis",
    status: {
      pending: "Votre avis est en cours d’examen.",
      approved: "Votre avis est publié.",
      rejected: "Votre avis n’est pas publié.",
    },
    problems: "Veuillez vérifier votre avis",
    wrong: {
      rating: "Choisissez de 1 à 5 étoiles.",
      title: "Le titre tient sur une ligne de 200 caractères au plus.",
      text: "L’avis compte 5 000 caractères au plus.",
      author: "Indiquez le nom à afficher, 100 caractères au plus.",
      other: "Il n’est plus possible de donner un avis.",
    },
    trap: "Laissez ce champ vide",
    back: "Retour à votre commande",
  },
  es: {
    reviews: "Opiniones",
    none: "Todavía no hay opiniones.",
    stars: "{rating} de 5 estrellas",
    bought: "Compra verificada",
    answer: "Respuesta de {name}",
    older: "Opiniones anteriores",
    newest: "Opiniones más recientes",
    yours: "Sus opiniones",
    write: "Opinar sobre «{title}»",
    change: "Cambiar su opinión",
    rating: "Estrellas",
    title: "Título",
    text: "Su opinión",
    author: "Su nombre",
    shown: "Aparece junto a su opinión.",
    optional: "opcional",
    send: "Enviar la opinión",
    status: {
      pending: "Su opinión se está revisando.",
      approved: "Su opinión está publicada.",
      rejected: "Su opinión no se publica.",
    },
    problems: "Revise su opinión",
    wrong: {
      rating: "Elija de 1 a 5 estrellas.",
      title: "El título es una línea de 200 caracteres como máximo.",
      text: "La opinión tiene 5000 caracteres como máximo.",
      author: "Indique el nombre que se mostrará, de 100 caracteres como máximo.",
      other: "Ya no es posible opinar sobre esto.",
    },
    trap: "Deje este campo vacío",
    back: "Volver a su pedido",
  },
  ar: {
    reviews: "التقييمات",
    none: "لا توجد تقييمات بعد.",
    stars: "{rating} من 5 نجوم",
    bought: "شراء موثّق",
    answer: "رد {name}",
    older: "تقييمات أقدم",
    newest: "أحدث التقييمات",
    yours: "تقييماتك",
    write: "قيّم «{title}»",
    change: "تعديل تقييمك",
    rating: "النجوم",
    title: "العنوان",
    text: "تقييمك",
    author: "اسمك",
    shown: "يظهر مع تقييمك.",
    optional: "اختياري",
    send: "إرسال التقييم",
    status: {
      pending: "تقييمك قيد المراجعة.",
      approved: "نُشر تقييمك.",
      rejected: "لم يُنشر تقييمك.",
    },
    problems: "يُرجى مراجعة تقييمك",
    wrong: {
      rating: "اختر من نجمة إلى خمس نجوم.",
      title: "العنوان سطر واحد لا يزيد على 200 حرف.",
      text: "لا يزيد التقييم على 5000 حرف.",
      author: "اكتب الاسم الذي سيظهر، بما لا يزيد على 100 حرف.",
      other: "لم يعد ممكنًا تقييم هذا.",
    },
    trap: "اترك هذا الحقل فارغًا",
    back: "العودة إلى طلبك",
  },
};

/** The words of reviews in a page's language, in English where there are none. */
export const reviewWordsFor = (locale: string): ReviewWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
