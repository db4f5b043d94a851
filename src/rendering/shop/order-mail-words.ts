/** What a customer is written to about. */
export type OrderMailKind = "placed" | "paid" | "shipped" | "cancelled" | "refunded";

/** What mails about an order say. `{number}` is the order's, `{site}` the website's name, `{amount}` what it is about. */
export interface OrderMailWords {
  /** `{what}` is the subject of the kind. */
  subject: string;
  hello: string;
  subjects: Record<OrderMailKind, string>;
  texts: Record<OrderMailKind, string>;
  total: string;
  /** Heads the link to the order. */
  look: string;
}

const ENGLISH: OrderMailWords = {
  subject: "{site}: order {number}, {what}",
  hello: "Hello {name},",
  subjects: {
    placed: "received",
    paid: "paid",
    shipped: "on its way",
    cancelled: "cancelled",
    refunded: "paid back",
  },
  texts: {
    placed: "thank you! We have received your order {number}.",
    paid: "we have received your payment for order {number}.",
    shipped: "your order {number} is on its way to you.",
    cancelled: "your order {number} is cancelled.",
    refunded: "we have paid {amount} of your order {number} back to you.",
  },
  total: "Total: {amount}",
  look: "Your order, and where it stands:",
};

const WORDS: Readonly<Record<string, OrderMailWords>> = {
  de: {
    subject: "{site}: Bestellung {number}, {what}",
    hello: "Guten Tag {name},",
    subjects: {
      placed: "eingegangen",
      paid: "bezahlt",
      shipped: "unterwegs",
      cancelled: "storniert",
      refunded: "erstattet",
    },
    texts: {
      placed: "vielen Dank! Ihre Bestellung {number} ist bei uns eingegangen.",
      paid: "Ihre Zahlung für die Bestellung {number} ist bei uns eingegangen.",
      shipped: "Ihre Bestellung {number} ist unterwegs zu Ihnen.",
      cancelled: "Ihre Bestellung {number} ist storniert.",
      refunded: "wir haben Ihnen {amount} Ihrer Bestellung {number} erstattet.",
    },
    total: "Summe: {amount}",
    look: "Ihre Bestellung und ihr Stand:",
  },
  nl: {
    subject: "{site}: bestelling {number}, {what}",
    hello: "Hallo {name},",
    subjects: {
      placed: "ontvangen",
      paid: "betaald",
      shipped: "onderweg",
      cancelled: "geannuleerd",
      refunded: "terugbetaald",
    },
    texts: {
      placed: "dank u! We hebben uw bestelling {number} ontvangen.",
      paid: "we hebben uw betaling voor bestelling {number} ontvangen.",
      shipped: "uw bestelling {number} is onderweg naar u.",
      cancelled: "uw bestelling {number} is geannuleerd.",
      refunded: "we hebben u {amount} van uw bestelling {number} terugbetaald.",
    },
    total: "Totaal: {amount}",
    look: "Uw bestelling en hoe het ermee staat:",
  },
  fr: {
    subject: "{site} : commande {number}, {what}",
    hello: "Bonjour {name},",
    subjects: {
      placed: "reçue",
      paid: "payée",
      shipped: "en route",
      cancelled: "annulée",
      refunded: "remboursée",
    },
    texts: {
      placed: "merci ! Nous avons reçu votre commande {number}.",
      paid: "nous avons reçu votre paiement pour la commande {number}.",
      shipped: "votre commande {number} est en route.",
      cancelled: "votre commande {number} est annulée.",
      refunded: "nous vous avons remboursé {amount} de votre commande {number}.",
    },
    total: "Total : {amount}",
    look: "Votre commande et où elle en est :",
  },
  es: {
    subject: "{site}: pedido {number}, {what}",
    hello: "Hola, {name}:",
    subjects: {
      placed: "recibido",
      paid: "pagado",
      shipped: "en camino",
      cancelled: "cancelado",
      refunded: "reembolsado",
    },
    texts: {
      placed: "¡gracias! Hemos recibido su pedido {number}.",
      paid: "hemos recibido su pago del pedido {number}.",
      shipped: "su pedido {number} está en camino.",
      cancelled: "su pedido {number} está cancelado.",
      refunded: "le hemos devuelto {amount} de su pedido {number}.",
    },
    total: "Total: {amount}",
    look: "Su pedido y cómo va:",
  },
  ar: {
    subject: "{site}: الطلب {number}، {what}",
    hello: "مرحبًا {name}،",
    subjects: {
      placed: "تم الاستلام",
      paid: "تم الدفع",
      shipped: "في الطريق",
      cancelled: "ملغى",
      refunded: "تم رد المبلغ",
    },
    texts: {
      placed: "شكرًا! لقد استلمنا طلبك {number}.",
      paid: "لقد استلمنا دفعتك للطلب {number}.",
      shipped: "طلبك {number} في الطريق إليك.",
      cancelled: "تم إلغاء طلبك {number}.",
      refunded: "لقد أعدنا إليك {amount} من طلبك {number}.",
    },
    total: "المجموع: {amount}",
    look: "طلبك وحالته:",
  },
};

/** The words of a language, in English where there are none. */
export const orderMailWordsFor = (locale: string): OrderMailWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
