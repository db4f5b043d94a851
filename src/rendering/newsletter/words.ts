/** What mails and pages of a website's news say. */
export interface NewsletterWords {
  /** The part of the website. */
  title: string;
  intro: string;
  email: string;
  subscribe: string;
  /** Said whatever is known of the address: nobody learns whether it is subscribed. */
  asked: string;
  /** Of a field that programs fill in. */
  trap: string;
  invalid: string;
  /** The mail that asks for confirmation; `{site}` is the website's name, `{link}` stands on a line of its own. */
  mailSubject: string;
  mailText: string;
  mailIgnore: string;
  confirm: string;
  confirmAsk: string;
  confirmed: string;
  unsubscribe: string;
  unsubscribeAsk: string;
  unsubscribed: string;
  /** Of a link that leads nowhere, or no more. */
  expired: string;
}

const ENGLISH: NewsletterWords = {
  title: "Newsletter",
  intro: "News from {site} by e-mail. You can unsubscribe at any time.",
  email: "E-mail address",
  subscribe: "Subscribe",
  asked: "Thank you! Please confirm your subscription with the link in the e-mail we have sent you.",
  trap: "Leave this field empty",
  invalid: "Please enter an e-mail address, such as ada@example.com.",
  mailSubject: "Please confirm: news from {site}",
  mailText: "Somebody has asked for news from {site} to this address. If it was you, please confirm it here:",
  mailIgnore: "If it was not you, do nothing: without your confirmation we write no more.",
  confirm: "Confirm subscription",
  confirmAsk: "Do you want to have news from {site} by e-mail?",
  confirmed: "Your subscription is confirmed.",
  unsubscribe: "Unsubscribe",
  unsubscribeAsk: "Do you want no more news from {site} by e-mail?",
  unsubscribed: "You are unsubscribed. You will receive no more news from us.",
  expired: "This link is not valid any more.",
};

const WORDS: Readonly<Record<string, NewsletterWords>> = {
  de: {
    title: "Newsletter",
    intro: "Neuigkeiten von {site} per E-Mail. Sie können sich jederzeit abmelden.",
    email: "E-Mail-Adresse",
    subscribe: "Anmelden",
    asked: "Danke! Bitte bestätigen Sie Ihre Anmeldung mit dem Link in der E-Mail, die wir Ihnen geschickt haben.",
    trap: "Dieses Feld leer lassen",
    invalid: "Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel ada@example.com.",
    mailSubject: "Bitte bestätigen: Neuigkeiten von {site}",
    mailText:
      "Jemand möchte Neuigkeiten von {site} an diese Adresse. Wenn Sie das waren, bestätigen Sie es bitte hier:",
    mailIgnore: "Wenn nicht, müssen Sie nichts tun: Ohne Ihre Bestätigung schreiben wir nicht mehr.",
    confirm: "Anmeldung bestätigen",
    confirmAsk: "Möchten Sie Neuigkeiten von {site} per E-Mail?",
    confirmed: "Ihre Anmeldung ist bestätigt.",
    unsubscribe: "Abmelden",
    unsubscribeAsk: "Möchten Sie keine Neuigkeiten von {site} per E-Mail mehr?",
    unsubscribed: "Sie sind abgemeldet. Wir schreiben Ihnen keine Neuigkeiten mehr.",
    expired: "Dieser Link gilt nicht mehr.",
  },
  nl: {
    title: "Nieuwsbrief",
    intro: "Nieuws van {site} per e-mail. U kunt zich altijd afmelden.",
    email: "E-mailadres",
    subscribe: "Aanmelden",
    asked: "Dank u! Bevestig uw aanmelding met de link in de e-mail die we u hebben gestuurd.",
    trap: "Laat dit veld leeg",
    invalid: "Vul een e-mailadres in, zoals ada@example.com.",
    mailSubject: "Bevestig: nieuws van {site}",
    mailText: "Iemand heeft nieuws van {site} op dit adres aangevraagd. Was u dat, bevestig het dan hier:",
    mailIgnore: "Was u het niet, dan hoeft u niets te doen: zonder uw bevestiging schrijven we niet meer.",
    confirm: "Aanmelding bevestigen",
    confirmAsk: "Wilt u nieuws van {site} per e-mail?",
    confirmed: "Uw aanmelding is bevestigd.",
    unsubscribe: "Afmelden",
    unsubscribeAsk: "Wilt u geen nieuws van {site} per e-mail meer?",
    unsubscribed: "U bent afgemeld. We sturen u geen nieuws meer.",
    expired: "Deze link is niet meer geldig.",
  },
  fr: {
    title: "Lettre d’information",
    intro: "Les nouvelles de {site} par e-mail. Vous pouvez vous désabonner à tout moment.",
    email: "Adresse e-mail",
    subscribe: "S’abonner",
    asked: "Merci ! Veuillez confirmer votre abonnement avec le lien de l’e-mail que nous vous avons envoyé.",
    trap: "Laissez ce champ vide",
    invalid: "Veuillez saisir une adresse e-mail, par exemple ada@example.com.",
    mailSubject: "À confirmer : les nouvelles de {site}",
    mailText: "Quelqu’un a demandé les nouvelles de {site} à cette adresse. Si c’était vous, confirmez-le ici :",
    mailIgnore: "Sinon, ne faites rien : sans votre confirmation, nous n’écrirons plus.",
    confirm: "Confirmer l’abonnement",
    confirmAsk: "Voulez-vous recevoir les nouvelles de {site} par e-mail ?",
    confirmed: "Votre abonnement est confirmé.",
    unsubscribe: "Se désabonner",
    unsubscribeAsk: "Ne voulez-vous plus recevoir les nouvelles de {site} par e-mail ?",
    unsubscribed: "Vous êtes désabonné. Nous ne vous enverrons plus de nouvelles.",
    expired: "Ce lien n’est plus valable.",
  },
  es: {
    title: "Boletín",
    intro: "Noticias de {site} por correo electrónico. Puede darse de baja en cualquier momento.",
    email: "Correo electrónico",
    subscribe: "Suscribirse",
    asked: "¡Gracias! Confirme su suscripción con el enlace del correo que le hemos enviado.",
    trap: "Deje este campo vacío",
    invalid: "Escriba una dirección de correo, por ejemplo ada@example.com.",
    mailSubject: "Por confirmar: noticias de {site}",
    mailText: "Alguien ha pedido noticias de {site} en esta dirección. Si ha sido usted, confírmelo aquí:",
    mailIgnore: "Si no ha sido usted, no haga nada: sin su confirmación no escribiremos más.",
    confirm: "Confirmar la suscripción",
    confirmAsk: "¿Quiere recibir noticias de {site} por correo electrónico?",
    confirmed: "Su suscripción está confirmada.",
    unsubscribe: "Darse de baja",
    unsubscribeAsk: "¿No quiere recibir más noticias de {site} por correo electrónico?",
    unsubscribed: "Se ha dado de baja. No le enviaremos más noticias.",
    expired: "Este enlace ya no es válido.",
  },
  ar: {
    title: "النشرة البريدية",
    intro: "أخبار {site} بالبريد الإلكتروني. يمكنك إلغاء الاشتراك في أي وقت.",
    email: "البريد الإلكتروني",
    subscribe: "اشترك",
    asked: "شكرًا! يرجى تأكيد اشتراكك بالرابط الموجود في الرسالة التي أرسلناها إليك.",
    trap: "اترك هذا الحقل فارغًا",
    invalid: "يرجى إدخال عنوان بريد إلكتروني مثل ada@example.com.",
    mailSubject: "يرجى التأكيد: أخبار {site}",
    mailText: "طلب شخص ما أخبار {site} إلى هذا العنوان. إن كنت أنت، فأكّد ذلك هنا:",
    mailIgnore: "إن لم تكن أنت، فلا تفعل شيئًا: لن نكتب إليك دون تأكيدك.",
    confirm: "تأكيد الاشتراك",
    confirmAsk: "هل تريد أخبار {site} بالبريد الإلكتروني؟",
    confirmed: "تم تأكيد اشتراكك.",
    unsubscribe: "إلغاء الاشتراك",
    unsubscribeAsk: "ألا تريد المزيد من أخبار {site} بالبريد الإلكتروني؟",
    unsubscribed: "تم إلغاء اشتراكك. لن نرسل إليك أخبارًا بعد الآن.",
    expired: "لم يعد هذا الرابط صالحًا.",
  },
};

/** The words of a language, in English where there are none. */
export const newsletterWordsFor = (locale: string): NewsletterWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
