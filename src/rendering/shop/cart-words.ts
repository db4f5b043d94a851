/** What the cart of a shop says, and what it comes to. */
export interface CartWords {
  cart: string;
  empty: string;
  toShop: string;
  item: string;
  quantity: string;
  /** The price of one, and of all of a line. */
  each: string;
  total: string;
  remove: string;
  update: string;
  toCheckout: string;
  coupon: string;
  apply: string;
  subtotal: string;
  discount: string;
  shipping: string;
  /** In place of what shipping costs, before anybody knows where to. */
  shippingLater: string;
  /** The same at the checkout, while no country it goes to is chosen. */
  shippingByCountry: string;
  free: string;
  /** Tax that prices contain, and tax that comes on top of them. */
  taxIncluded: string;
  tax: string;
  /** Said of what changed since it was put into the cart: `{title}`, `{count}`, `{before}` and `{price}` are filled in. */
  gone: string;
  soldOut: string;
  short: string;
  priceChanged: string;
  full: string;
  /** Of what cannot be put into the cart. */
  notSold: string;
}

const ENGLISH: CartWords = {
  cart: "Cart",
  empty: "Your cart is empty.",
  toShop: "To the shop",
  item: "Item",
  quantity: "Quantity",
  each: "Each",
  total: "Total",
  remove: "Remove",
  update: "Update cart",
  toCheckout: "Check out",
  coupon: "Coupon code",
  apply: "Apply",
  subtotal: "Subtotal",
  discount: "Discount",
  shipping: "Shipping",
  shippingLater: "told at checkout",
  shippingByCountry: "depends on the country",
  free: "free",
  taxIncluded: "Tax included",
  tax: "Tax",
  gone: "“{title}” is no longer sold. Please remove it.",
  soldOut: "“{title}” is sold out. Please remove it.",
  short: "Only {count} of “{title}” are left. Please order fewer.",
  priceChanged: "The price of “{title}” has changed from {before} to {price}.",
  full: "Your cart is full: nothing more fits into it.",
  notSold: "This cannot be bought.",
};

const WORDS: Readonly<Record<string, CartWords>> = {
  de: {
    cart: "Warenkorb",
    empty: "Ihr Warenkorb ist leer.",
    toShop: "Zum Shop",
    item: "Artikel",
    quantity: "Menge",
    each: "Einzelpreis",
    total: "Summe",
    remove: "Entfernen",
    update: "Warenkorb aktualisieren",
    toCheckout: "Zur Kasse",
    coupon: "Gutscheincode",
    apply: "Einlösen",
    subtotal: "Zwischensumme",
    discount: "Rabatt",
    shipping: "Versand",
    shippingLater: "steht an der Kasse",
    shippingByCountry: "je nach Land",
    free: "kostenlos",
    taxIncluded: "Enthaltene Steuer",
    tax: "Steuer",
    gone: "„{title}“ wird nicht mehr verkauft. Bitte entfernen.",
    soldOut: "„{title}“ ist ausverkauft. Bitte entfernen.",
    short: "Von „{title}“ sind nur noch {count} da. Bitte weniger bestellen.",
    priceChanged: "Der Preis von „{title}“ ist jetzt {price} statt {before}.",
    full: "Ihr Warenkorb ist voll: Mehr passt nicht hinein.",
    notSold: "Das lässt sich nicht kaufen.",
  },
  nl: {
    cart: "Winkelwagen",
    empty: "Uw winkelwagen is leeg.",
    toShop: "Naar de winkel",
    item: "Artikel",
    quantity: "Aantal",
    each: "Per stuk",
    total: "Totaal",
    remove: "Verwijderen",
    update: "Winkelwagen bijwerken",
    toCheckout: "Afrekenen",
    coupon: "Kortingscode",
    apply: "Toepassen",
    subtotal: "Subtotaal",
    discount: "Korting",
    shipping: "Verzending",
    shippingLater: "staat bij het afrekenen",
    shippingByCountry: "hangt af van het land",
    free: "gratis",
    taxIncluded: "Inclusief btw",
    tax: "Btw",
    gone: "“{title}” wordt niet meer verkocht. Verwijder het a.u.b.",
    soldOut: "“{title}” is uitverkocht. Verwijder het a.u.b.",
    short: "Er zijn nog maar {count} van “{title}”. Bestel er minder a.u.b.",
    priceChanged: "De prijs van “{title}” is nu {price} in plaats van {before}.",
    full: "Uw winkelwagen is vol: er past niets meer bij.",
    notSold: "Dit kan niet gekocht worden.",
  },
  fr: {
    cart: "Panier",
    empty: "Votre panier est vide.",
    toShop: "Vers la boutique",
    item: "Article",
    quantity: "Quantité",
    each: "Prix unitaire",
    total: "Total",
    remove: "Retirer",
    update: "Mettre à jour le panier",
    toCheckout: "Commander",
    coupon: "Code promo",
    apply: "Appliquer",
    subtotal: "Sous-total",
    discount: "Remise",
    shipping: "Livraison",
    shippingLater: "indiquée à la commande",
    shippingByCountry: "selon le pays",
    free: "gratuite",
    taxIncluded: "Dont taxes",
    tax: "Taxes",
    gone: "« {title} » n’est plus en vente. Veuillez le retirer.",
    soldOut: "« {title} » est épuisé. Veuillez le retirer.",
    short: "Il ne reste que {count} exemplaires de « {title} ». Veuillez en commander moins.",
    priceChanged: "Le prix de « {title} » est passé de {before} à {price}.",
    full: "Votre panier est plein : rien de plus n’y tient.",
    notSold: "Cet article ne peut pas être acheté.",
  },
  es: {
    cart: "Carrito",
    empty: "Su carrito está vacío.",
    toShop: "A la tienda",
    item: "Artículo",
    quantity: "Cantidad",
    each: "Por unidad",
    total: "Total",
    remove: "Quitar",
    update: "Actualizar carrito",
    toCheckout: "Tramitar pedido",
    coupon: "Código de descuento",
    apply: "Aplicar",
    subtotal: "Subtotal",
    discount: "Descuento",
    shipping: "Envío",
    shippingLater: "se indica al tramitar",
    shippingByCountry: "según el país",
    free: "gratis",
    taxIncluded: "Impuestos incluidos",
    tax: "Impuestos",
    gone: "«{title}» ya no se vende. Quítelo, por favor.",
    soldOut: "«{title}» está agotado. Quítelo, por favor.",
    short: "Solo quedan {count} de «{title}». Pida menos, por favor.",
    priceChanged: "El precio de «{title}» ha pasado de {before} a {price}.",
    full: "Su carrito está lleno: no cabe nada más.",
    notSold: "Esto no se puede comprar.",
  },
  ar: {
    cart: "السلة",
    empty: "سلتك فارغة.",
    toShop: "إلى المتجر",
    item: "الصنف",
    quantity: "الكمية",
    each: "سعر الوحدة",
    total: "المجموع",
    remove: "إزالة",
    update: "تحديث السلة",
    toCheckout: "إتمام الشراء",
    coupon: "رمز القسيمة",
    apply: "تطبيق",
    subtotal: "المجموع الفرعي",
    discount: "الخصم",
    shipping: "الشحن",
    shippingLater: "يُحدَّد عند إتمام الشراء",
    shippingByCountry: "حسب البلد",
    free: "مجاني",
    taxIncluded: "الضريبة المشمولة",
    tax: "الضريبة",
    gone: "لم يعد «{title}» معروضًا للبيع. يُرجى إزالته.",
    soldOut: "نفدت كمية «{title}». يُرجى إزالته.",
    short: "بقي {count} فقط من «{title}». يُرجى طلب كمية أقل.",
    priceChanged: "تغيّر سعر «{title}» من {before} إلى {price}.",
    full: "سلتك ممتلئة ولا تتسع للمزيد.",
    notSold: "لا يمكن شراء هذا.",
  },
};

/** The words of a cart in a page's language, in English where there are none. */
export const cartWordsFor = (locale: string): CartWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
