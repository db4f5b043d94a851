/** What the pages of a shop say beside what its owner has written. */
export interface ShopWords {
  shop: string;
  cart: string;
  /** Names the way from the shop to a page of it. */
  path: string;
  products: string;
  categories: string;
  /** Leads to the products of every category. */
  all: string;
  /** Where there is nothing to be had. */
  empty: string;
  /** The way to the whole shop. */
  toShop: string;
  /** The way to a product. */
  view: string;
  addToCart: string;
  /** Said when something was added. */
  added: string;
  quantity: string;
  fewer: string;
  more: string;
  /** Heads the choice between the variants of a product. */
  choose: string;
  /** Before the lowest price of several; `{price}` is that. */
  from: string;
  inStock: string;
  /** Of few; `{count}` is how many. */
  left: string;
  soldOut: string;
  /** Of a digital product and of a service: nothing is sent. */
  download: string;
  service: string;
  sku: string;
  description: string;
  next: string;
  previous: string;
  /** In a preview nothing can be bought. */
  preview: string;
  /** Said of what could not be put into the cart by a script. */
  failed: string;
  /** An average of `{average}` of 5 over `{count}` reviews. */
  rating: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
}

const ENGLISH: ShopWords = {
  shop: "Shop",
  cart: "Cart",
  path: "Breadcrumb",
  products: "Products",
  categories: "Categories",
  all: "All",
  empty: "There is nothing here at the moment.",
  toShop: "See everything",
  view: "View",
  addToCart: "Add to cart",
  added: "Added to your cart",
  quantity: "Quantity",
  fewer: "One fewer",
  more: "One more",
  choose: "Choose",
  from: "from {price}",
  inStock: "In stock",
  left: "Only {count} left",
  soldOut: "Sold out",
  download: "Download, available once paid",
  service: "Service, nothing is shipped",
  sku: "Item number",
  description: "Description",
  next: "Next page",
  previous: "Previous page",
  preview: "This is a preview: nothing can be bought.",
  failed: "That did not work. Please try again.",
  rating: { one: "{average} out of 5 from {count} review", other: "{average} out of 5 from {count} reviews" },
};

const WORDS: Readonly<Record<string, ShopWords>> = {
  de: {
    shop: "Shop",
    cart: "Warenkorb",
    path: "Pfad",
    products: "Produkte",
    categories: "Kategorien",
    all: "Alle",
    empty: "Hier gibt es im Augenblick nichts.",
    toShop: "Alles ansehen",
    view: "Ansehen",
    addToCart: "In den Warenkorb",
    added: "Liegt in Ihrem Warenkorb",
    quantity: "Menge",
    fewer: "Eins weniger",
    more: "Eins mehr",
    choose: "Auswählen",
    from: "ab {price}",
    inStock: "Auf Lager",
    left: "Nur noch {count} da",
    soldOut: "Ausverkauft",
    download: "Zum Herunterladen, sobald bezahlt ist",
    service: "Dienstleistung, kein Versand",
    sku: "Artikelnummer",
    description: "Beschreibung",
    next: "Nächste Seite",
    previous: "Vorherige Seite",
    preview: "Dies ist eine Vorschau: Es kann nichts gekauft werden.",
    failed: "Das hat nicht geklappt. Bitte noch einmal versuchen.",
    rating: { one: "{average} von 5 aus {count} Bewertung", other: "{average} von 5 aus {count} Bewertungen" },
  },
  nl: {
    shop: "Winkel",
    cart: "Winkelwagen",
    path: "Kruimelpad",
    products: "Producten",
    categories: "Categorieën",
    all: "Alle",
    empty: "Hier is op dit moment niets.",
    toShop: "Alles bekijken",
    view: "Bekijken",
    addToCart: "In winkelwagen",
    added: "Ligt in uw winkelwagen",
    quantity: "Aantal",
    fewer: "Eén minder",
    more: "Eén meer",
    choose: "Kies",
    from: "vanaf {price}",
    inStock: "Op voorraad",
    left: "Nog maar {count}",
    soldOut: "Uitverkocht",
    download: "Download, zodra er betaald is",
    service: "Dienst, geen verzending",
    sku: "Artikelnummer",
    description: "Beschrijving",
    next: "Volgende pagina",
    previous: "Vorige pagina",
    preview: "Dit is een voorbeeld: er kan niets gekocht worden.",
    failed: "Dat lukte niet. Probeer het opnieuw.",
    rating: { one: "{average} van 5 uit {count} beoordeling", other: "{average} van 5 uit {count} beoordelingen" },
  },
  fr: {
    shop: "Boutique",
    cart: "Panier",
    path: "Fil d’Ariane",
    products: "Produits",
    categories: "Catégories",
    all: "Tous",
    empty: "Il n’y a rien ici pour le moment.",
    toShop: "Tout voir",
    view: "Voir",
    addToCart: "Ajouter au panier",
    added: "Ajouté à votre panier",
    quantity: "Quantité",
    fewer: "Un de moins",
    more: "Un de plus",
    choose: "Choisir",
    from: "à partir de {price}",
    inStock: "En stock",
    left: "Plus que {count}",
    soldOut: "Épuisé",
    download: "À télécharger dès le paiement",
    service: "Prestation, sans livraison",
    sku: "Référence",
    description: "Description",
    next: "Page suivante",
    previous: "Page précédente",
    preview: "Ceci est un aperçu : rien ne peut être acheté.",
    failed: "Cela n’a pas fonctionné. Veuillez réessayer.",
    rating: { other: "{average} sur 5 d’après {count} avis" },
  },
  es: {
    shop: "Tienda",
    cart: "Carrito",
    path: "Ruta de navegación",
    products: "Productos",
    categories: "Categorías",
    all: "Todo",
    empty: "Aquí no hay nada por el momento.",
    toShop: "Ver todo",
    view: "Ver",
    addToCart: "Añadir al carrito",
    added: "Añadido a su carrito",
    quantity: "Cantidad",
    fewer: "Uno menos",
    more: "Uno más",
    choose: "Elegir",
    from: "desde {price}",
    inStock: "Disponible",
    left: "Solo quedan {count}",
    soldOut: "Agotado",
    download: "Descarga en cuanto esté pagado",
    service: "Servicio, sin envío",
    sku: "Referencia",
    description: "Descripción",
    next: "Página siguiente",
    previous: "Página anterior",
    preview: "Esto es una vista previa: no se puede comprar nada.",
    failed: "No ha funcionado. Inténtelo de nuevo.",
    rating: { one: "{average} de 5 según {count} opinión", other: "{average} de 5 según {count} opiniones" },
  },
  ar: {
    shop: "المتجر",
    cart: "السلة",
    path: "مسار التنقل",
    products: "المنتجات",
    categories: "الفئات",
    all: "الكل",
    empty: "لا يوجد شيء هنا حاليًا.",
    toShop: "عرض الكل",
    view: "عرض",
    addToCart: "أضف إلى السلة",
    added: "أُضيف إلى سلتك",
    quantity: "الكمية",
    fewer: "أنقص واحدًا",
    more: "زد واحدًا",
    choose: "اختر",
    from: "ابتداءً من {price}",
    inStock: "متوفر",
    left: "بقي {count} فقط",
    soldOut: "نفدت الكمية",
    download: "للتنزيل بعد الدفع",
    service: "خدمة، بلا شحن",
    sku: "رقم الصنف",
    description: "الوصف",
    next: "الصفحة التالية",
    previous: "الصفحة السابقة",
    preview: "هذه معاينة: لا يمكن شراء شيء.",
    failed: "تعذّر ذلك. يُرجى المحاولة مجددًا.",
    rating: {
      one: "{average} من 5 حسب تقييم واحد",
      two: "{average} من 5 حسب تقييمين",
      few: "{average} من 5 حسب {count} تقييمات",
      many: "{average} من 5 حسب {count} تقييمًا",
      other: "{average} من 5 حسب {count} تقييم",
    },
  },
};

/** The words of a shop in a page's language, in English where there are none. */
export const shopWordsFor = (locale: string): ShopWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
