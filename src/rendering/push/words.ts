/** What the button says by which visitors opt in to notifications, and what becomes of it. */
export interface PushWords {
  optIn: string;
  optOut: string;
  /** Said when it was pressed: both ways, and where it could not be done. */
  on: string;
  off: string;
  denied: string;
  failed: string;
}

const ENGLISH: PushWords = {
  optIn: "Turn on notifications",
  optOut: "Turn off notifications",
  on: "Notifications are on. This device will show what is new.",
  off: "Notifications are off.",
  denied: "Your browser does not allow notifications of this website. You can change that in its settings.",
  failed: "That did not work. Please try again later.",
};

const WORDS: Readonly<Record<string, PushWords>> = {
  en: ENGLISH,
  nl: {
    optIn: "Meldingen aanzetten",
    optOut: "Meldingen uitzetten",
    on: "Meldingen staan aan. Dit apparaat laat zien wat er nieuw is.",
    off: "Meldingen staan uit.",
    denied: "Uw browser staat geen meldingen van deze website toe. In de instellingen kunt u dat wijzigen.",
    failed: "Dat is niet gelukt. Probeer het later opnieuw.",
  },
  de: {
    optIn: "Benachrichtigungen einschalten",
    optOut: "Benachrichtigungen ausschalten",
    on: "Benachrichtigungen sind eingeschaltet. Dieses Gerät zeigt, was es Neues gibt.",
    off: "Benachrichtigungen sind ausgeschaltet.",
    denied:
      "Ihr Browser lässt keine Benachrichtigungen dieser Website zu. In seinen Einstellungen lässt sich das ändern.",
    failed: "Das hat nicht geklappt. Bitte versuchen Sie es später noch einmal.",
  },
  fr: {
    optIn: "Activer les notifications",
    optOut: "Désactiver les notifications",
    on: "Les notifications sont activées. Cet appareil affichera les nouveautés.",
    off: "Les notifications sont désactivées.",
    denied: "Votre navigateur n’autorise pas les notifications de ce site. Vous pouvez le changer dans ses réglages.",
    failed: "Cela n’a pas fonctionné. Veuillez réessayer plus tard.",
  },
  es: {
    optIn: "Activar las notificaciones",
    optOut: "Desactivar las notificaciones",
    on: "Las notificaciones están activadas. Este dispositivo mostrará las novedades.",
    off: "Las notificaciones están desactivadas.",
    denied: "Su navegador no permite las notificaciones de este sitio. Puede cambiarlo en sus ajustes.",
    failed: "No ha funcionado. Inténtelo de nuevo más tarde.",
  },
  ar: {
    optIn: "تشغيل الإشعارات",
    optOut: "إيقاف الإشعارات",
    on: "الإشعارات مفعّلة. سيعرض هذا الجهاز ما يستجد.",
    off: "الإشعارات متوقفة.",
    denied: "متصفحك لا يسمح بإشعارات هذا الموقع. يمكنك تغيير ذلك في إعداداته.",
    failed: "لم ينجح ذلك. يُرجى المحاولة لاحقًا.",
  },
};

/** The words in a page's language, in English where there are none. */
export const pushWordsFor = (locale: string): PushWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
