/** Where an order stands. */
type Status = "pending" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "refunded";

/** What the page of an order says. */
export interface OrderWords {
  /** `{number}` is the order's. */
  title: string;
  /** Says where it stands. */
  status: Record<Status, string>;
  /** Said while it waits to be paid. */
  thanks: string;
  /** The address of the page is the way back to it. */
  keepLink: string;
  placed: string;
  /** `{date}` is when it is cancelled by itself. */
  payUntil: string;
  pay: string;
  due: string;
  /** `{name}` is how. */
  payWith: string;
  askHow: string;
  cancel: string;
  /** Asked before it is cancelled. */
  really: string;
  tooLate: string;
  paid: string;
  refunded: string;
  downloads: string;
  deliverTo: string;
}

const ENGLISH: OrderWords = {
  title: "Order {number}",
  status: {
    pending: "Waiting for payment",
    paid: "Paid",
    shipped: "On its way",
    delivered: "Delivered",
    completed: "Completed",
    cancelled: "Cancelled",
    refunded: "Refunded",
  },
  thanks: "Thank you! We have received your order.",
  keepLink: "Keep the address of this page: it is the way back to your order.",
  placed: "Ordered on",
  payUntil: "Please pay by {date}. What is not paid by then is cancelled.",
  pay: "Payment",
  due: "To be paid",
  payWith: "Pay: {name}",
  askHow: "We will tell you how to pay.",
  cancel: "Cancel order",
  really: "Do you want to cancel this order?",
  tooLate: "This order can no longer be cancelled here.",
  paid: "Paid",
  refunded: "Paid back",
  downloads: "Downloads",
  deliverTo: "Delivery to",
};

const WORDS: Readonly<Record<string, OrderWords>> = {
  de: {
    title: "Bestellung {number}",
    status: {
      pending: "Wartet auf Zahlung",
      paid: "Bezahlt",
      shipped: "Unterwegs",
      delivered: "Geliefert",
      completed: "Abgeschlossen",
      cancelled: "Storniert",
      refunded: "Erstattet",
    },
    thanks: "Vielen Dank! Ihre Bestellung ist bei uns angekommen.",
    keepLink: "Merken Sie sich die Adresse dieser Seite: Sie führt zurück zu Ihrer Bestellung.",
    placed: "Bestellt am",
    payUntil: "Bitte zahlen Sie bis {date}. Was bis dahin nicht bezahlt ist, wird storniert.",
    pay: "Zahlung",
    due: "Zu zahlen",
    payWith: "Bezahlen: {name}",
    askHow: "Wir sagen Ihnen, wie Sie zahlen können.",
    cancel: "Bestellung stornieren",
    really: "Möchten Sie diese Bestellung stornieren?",
    tooLate: "Diese Bestellung kann hier nicht mehr storniert werden.",
    paid: "Bezahlt",
    refunded: "Erstattet",
    downloads: "Downloads",
    deliverTo: "Lieferung an",
  },
  nl: {
    title: "Bestelling {number}",
    status: {
      pending: "Wacht op betaling",
      paid: "Betaald",
      shipped: "Onderweg",
      delivered: "Bezorgd",
      completed: "Afgerond",
      cancelled: "Geannuleerd",
      refunded: "Terugbetaald",
    },
    thanks: "Bedankt! Wij hebben uw bestelling ontvangen.",
    keepLink: "Bewaar het adres van deze pagina: zo komt u terug bij uw bestelling.",
    placed: "Besteld op",
    payUntil: "Betaal uiterlijk {date}. Wat dan niet betaald is, wordt geannuleerd.",
    pay: "Betaling",
    due: "Te betalen",
    payWith: "Betalen: {name}",
    askHow: "Wij laten u weten hoe u kunt betalen.",
    cancel: "Bestelling annuleren",
    really: "Wilt u deze bestelling annuleren?",
    tooLate: "Deze bestelling kan hier niet meer worden geannuleerd.",
    paid: "Betaald",
    refunded: "Terugbetaald",
    downloads: "Downloads",
    deliverTo: "Bezorgen bij",
  },
  fr: {
    title: "Commande {number}",
    status: {
      pending: "En attente de paiement",
      paid: "Payée",
      shipped: "Expédiée",
      delivered: "Livrée",
      completed: "Terminée",
      cancelled: "Annulée",
      refunded: "Remboursée",
    },
    thanks: "Merci ! Nous avons bien reçu votre commande.",
    keepLink: "Conservez l’adresse de cette page : elle vous ramène à votre commande.",
    placed: "Commandée le",
    payUntil: "Veuillez payer avant le {date}. Sans paiement, la commande sera annulée.",
    pay: "Paiement",
    due: "À payer",
    payWith: "Payer : {name}",
    askHow: "Nous vous indiquerons comment payer.",
    cancel: "Annuler la commande",
    really: "Voulez-vous annuler cette commande ?",
    tooLate: "Cette commande ne peut plus être annulée ici.",
    paid: "Payé",
    refunded: "Remboursé",
    downloads: "Téléchargements",
    deliverTo: "Livraison à",
  },
  es: {
    title: "Pedido {number}",
    status: {
      pending: "Pendiente de pago",
      paid: "Pagado",
      shipped: "Enviado",
      delivered: "Entregado",
      completed: "Completado",
      cancelled: "Cancelado",
      refunded: "Reembolsado",
    },
    thanks: "¡Gracias! Hemos recibido su pedido.",
    keepLink: "Guarde la dirección de esta página: le lleva de vuelta a su pedido.",
    placed: "Pedido el",
    payUntil: "Pague antes del {date}. Lo que no se haya pagado entonces se cancela.",
    pay: "Pago",
    due: "Por pagar",
    payWith: "Pagar: {name}",
    askHow: "Le diremos cómo pagar.",
    cancel: "Cancelar el pedido",
    really: "¿Quiere cancelar este pedido?",
    tooLate: "Este pedido ya no se puede cancelar aquí.",
    paid: "Pagado",
    refunded: "Reembolsado",
    downloads: "Descargas",
    deliverTo: "Entrega a",
  },
  ar: {
    title: "الطلب {number}",
    status: {
      pending: "بانتظار الدفع",
      paid: "مدفوع",
      shipped: "في الطريق",
      delivered: "تم التوصيل",
      completed: "مكتمل",
      cancelled: "ملغى",
      refunded: "أُعيد المبلغ",
    },
    thanks: "شكرًا لك! وصلنا طلبك.",
    keepLink: "احتفظ بعنوان هذه الصفحة: به تعود إلى طلبك.",
    placed: "تاريخ الطلب",
    payUntil: "يُرجى الدفع قبل {date}، وإلا أُلغي الطلب.",
    pay: "الدفع",
    due: "المبلغ المستحق",
    payWith: "ادفع: {name}",
    askHow: "سنخبرك بطريقة الدفع.",
    cancel: "إلغاء الطلب",
    really: "هل تريد إلغاء هذا الطلب؟",
    tooLate: "لم يعد ممكنًا إلغاء هذا الطلب هنا.",
    paid: "المدفوع",
    refunded: "المُعاد",
    downloads: "التنزيلات",
    deliverTo: "التوصيل إلى",
  },
};

/** The words of an order's page in its language, in English where there are none. */
export const orderWordsFor = (locale: string): OrderWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
