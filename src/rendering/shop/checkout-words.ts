import { type CartWords, cartWordsFor } from "./cart-words.ts";

/** What the checkout of a shop says, beside the cart that is ordered there. */
export interface CheckoutWords extends CartWords {
  checkout: string;
  customer: string;
  name: string;
  email: string;
  phone: string;
  address: string;
  line1: string;
  line2: string;
  postalCode: string;
  city: string;
  region: string;
  country: string;
  shippingMethod: string;
  note: string;
  optional: string;
  /** `{terms}` becomes a link with the words of `terms`. */
  acceptTerms: string;
  terms: string;
  order: string;
  recalculate: string;
  /** Heads the list of what is wrong with a form. */
  problems: string;
  required: string;
  wrong: string;
  wrongEmail: string;
  wrongCoupon: string;
  noShipping: string;
  mustAccept: string;
  /** The order comes to `{price}` by now: it is to be looked at again. */
  totalChanged: string;
  cartChanged: string;
  /** Others order at the same moment. */
  busy: string;
}

/** Without those of the cart. */
type Own = Omit<CheckoutWords, keyof CartWords>;

const ENGLISH: Own = {
  checkout: "Checkout",
  customer: "Your details",
  name: "Name",
  email: "E-mail",
  phone: "Phone",
  address: "Delivery address",
  line1: "Street and number",
  line2: "Additional address line",
  postalCode: "Postal code",
  city: "City",
  region: "Region",
  country: "Country",
  shippingMethod: "Shipping",
  note: "Note",
  optional: "optional",
  acceptTerms: "I accept the {terms}.",
  terms: "terms and conditions",
  order: "Place order and pay",
  recalculate: "Update totals",
  problems: "Please check the following",
  required: "Please fill this in.",
  wrong: "Please check what you have entered.",
  wrongEmail: "Please enter a valid e-mail address.",
  wrongCoupon: "This code cannot be used for this order.",
  noShipping: "We do not deliver to this country.",
  mustAccept: "Please accept the terms and conditions.",
  totalChanged: "The total is {price} now. Please check it, and place the order again.",
  cartChanged: "Your cart has changed. Please check it, and place the order again.",
  busy: "Many are ordering right now. Please place the order again.",
};

const WORDS: Readonly<Record<string, Own>> = {
  de: {
    checkout: "Kasse",
    customer: "Ihre Angaben",
    name: "Name",
    email: "E-Mail",
    phone: "Telefon",
    address: "Lieferadresse",
    line1: "Straße und Hausnummer",
    line2: "Adresszusatz",
    postalCode: "Postleitzahl",
    city: "Ort",
    region: "Region",
    country: "Land",
    shippingMethod: "Versand",
    note: "Anmerkung",
    optional: "freiwillig",
    acceptTerms: "Ich stimme den {terms} zu.",
    terms: "Geschäftsbedingungen",
    order: "Zahlungspflichtig bestellen",
    recalculate: "Summe neu berechnen",
    problems: "Bitte prüfen Sie Folgendes",
    required: "Bitte ausfüllen.",
    wrong: "Bitte prüfen Sie diese Angabe.",
    wrongEmail: "Bitte geben Sie eine gültige E-Mail-Adresse ein.",
    wrongCoupon: "Dieser Code gilt für diese Bestellung nicht.",
    noShipping: "In dieses Land liefern wir nicht.",
    mustAccept: "Bitte stimmen Sie den Geschäftsbedingungen zu.",
    totalChanged: "Die Summe ist jetzt {price}. Bitte prüfen und noch einmal bestellen.",
    cartChanged: "Ihr Warenkorb hat sich geändert. Bitte prüfen und noch einmal bestellen.",
    busy: "Gerade bestellen viele. Bitte bestellen Sie noch einmal.",
  },
  nl: {
    checkout: "Afrekenen",
    customer: "Uw gegevens",
    name: "Naam",
    email: "E-mail",
    phone: "Telefoon",
    address: "Bezorgadres",
    line1: "Straat en huisnummer",
    line2: "Extra adresregel",
    postalCode: "Postcode",
    city: "Plaats",
    region: "Regio",
    country: "Land",
    shippingMethod: "Verzending",
    note: "Opmerking",
    optional: "niet verplicht",
    acceptTerms: "Ik ga akkoord met de {terms}.",
    terms: "algemene voorwaarden",
    order: "Bestellen en betalen",
    recalculate: "Totaal bijwerken",
    problems: "Controleer het volgende",
    required: "Vul dit in a.u.b.",
    wrong: "Controleer wat u hebt ingevuld.",
    wrongEmail: "Vul een geldig e-mailadres in.",
    wrongCoupon: "Deze code geldt niet voor deze bestelling.",
    noShipping: "Wij bezorgen niet in dit land.",
    mustAccept: "Ga akkoord met de algemene voorwaarden a.u.b.",
    totalChanged: "Het totaal is nu {price}. Controleer het en bestel opnieuw.",
    cartChanged: "Uw winkelwagen is veranderd. Controleer hem en bestel opnieuw.",
    busy: "Er bestellen nu velen. Bestel het opnieuw a.u.b.",
  },
  fr: {
    checkout: "Commande",
    customer: "Vos coordonnées",
    name: "Nom",
    email: "E-mail",
    phone: "Téléphone",
    address: "Adresse de livraison",
    line1: "Numéro et rue",
    line2: "Complément d’adresse",
    postalCode: "Code postal",
    city: "Ville",
    region: "Région",
    country: "Pays",
    shippingMethod: "Livraison",
    note: "Remarque",
    optional: "facultatif",
    acceptTerms: "J’accepte les {terms}.",
    terms: "conditions générales",
    order: "Commander et payer",
    recalculate: "Recalculer le total",
    problems: "Veuillez vérifier ce qui suit",
    required: "Veuillez remplir ce champ.",
    wrong: "Veuillez vérifier votre saisie.",
    wrongEmail: "Veuillez saisir une adresse e-mail valide.",
    wrongCoupon: "Ce code n’est pas valable pour cette commande.",
    noShipping: "Nous ne livrons pas dans ce pays.",
    mustAccept: "Veuillez accepter les conditions générales.",
    totalChanged: "Le total est maintenant de {price}. Veuillez vérifier et commander à nouveau.",
    cartChanged: "Votre panier a changé. Veuillez vérifier et commander à nouveau.",
    busy: "Beaucoup commandent en ce moment. Veuillez commander à nouveau.",
  },
  es: {
    checkout: "Pedido",
    customer: "Sus datos",
    name: "Nombre",
    email: "Correo electrónico",
    phone: "Teléfono",
    address: "Dirección de entrega",
    line1: "Calle y número",
    line2: "Datos adicionales",
    postalCode: "Código postal",
    city: "Ciudad",
    region: "Región",
    country: "País",
    shippingMethod: "Envío",
    note: "Comentario",
    optional: "opcional",
    acceptTerms: "Acepto las {terms}.",
    terms: "condiciones generales",
    order: "Pedir y pagar",
    recalculate: "Recalcular el total",
    problems: "Compruebe lo siguiente",
    required: "Rellene este campo.",
    wrong: "Compruebe lo que ha escrito.",
    wrongEmail: "Escriba una dirección de correo válida.",
    wrongCoupon: "Este código no sirve para este pedido.",
    noShipping: "No enviamos a este país.",
    mustAccept: "Acepte las condiciones generales.",
    totalChanged: "El total es ahora {price}. Compruébelo y vuelva a pedir.",
    cartChanged: "Su carrito ha cambiado. Compruébelo y vuelva a pedir.",
    busy: "Hay muchos pedidos en este momento. Vuelva a pedir.",
  },
  ar: {
    checkout: "إتمام الشراء",
    customer: "بياناتك",
    name: "الاسم",
    email: "البريد الإلكتروني",
    phone: "الهاتف",
    address: "عنوان التوصيل",
    line1: "الشارع والرقم",
    line2: "تفاصيل إضافية للعنوان",
    postalCode: "الرمز البريدي",
    city: "المدينة",
    region: "المنطقة",
    country: "البلد",
    shippingMethod: "الشحن",
    note: "ملاحظة",
    optional: "اختياري",
    acceptTerms: "أوافق على {terms}.",
    terms: "الشروط والأحكام",
    order: "اطلب وادفع",
    recalculate: "إعادة حساب المجموع",
    problems: "يُرجى التحقق مما يلي",
    required: "يُرجى ملء هذا الحقل.",
    wrong: "يُرجى التحقق مما أدخلته.",
    wrongEmail: "يُرجى إدخال بريد إلكتروني صالح.",
    wrongCoupon: "لا يصلح هذا الرمز لهذا الطلب.",
    noShipping: "لا نوصل إلى هذا البلد.",
    mustAccept: "يُرجى الموافقة على الشروط والأحكام.",
    totalChanged: "أصبح المجموع {price}. يُرجى التحقق منه وإعادة الطلب.",
    cartChanged: "تغيّرت سلتك. يُرجى التحقق منها وإعادة الطلب.",
    busy: "يطلب كثيرون الآن. يُرجى إعادة الطلب.",
  },
};

/** The words of cart and checkout in a page's language, in English where there are none. */
export const checkoutWordsFor = (locale: string): CheckoutWords => ({
  ...cartWordsFor(locale),
  ...(WORDS[locale.split("-")[0] as string] ?? ENGLISH),
});
