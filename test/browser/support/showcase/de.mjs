/** The same pottery in German, with its long words. */
export const GERMAN = {
  title: "Töpferei in der Hafengasse",
  slug: "start",
  locale: "de",
  seo: { title: "Töpferkurse und Steinzeug", description: "Werkstatt am Hafen: Drehscheiben, Öfen, Kurse am Samstag." },
  blocks: [
    {
      type: "HeroSection",
      props: {
        title: "Gebrauchsgeschirr aus Steinzeug",
        subtitle: "Teller, Schalen und Krüge aus einer Werkstatt am Hafen.",
        ctaText: "Kursplatz buchen",
        ctaLink: "#content",
      },
    },
    { type: "AlertBarSection", props: { message: "Der Ofen wird ausgemauert: Abholung erst ab Donnerstag." } },
    {
      type: "TextSection",
      props: {
        heading: "Qualitätssicherungsmaßnahmen",
        body: "Vormittags wird gedreht, nachmittags abgedreht.\n\nNichts verlässt das Haus, was unsere Spülmaschine nicht überstanden hat.",
      },
    },
    { type: "RichTextSection", props: { html: "<p>Steinzeug verträgt <em>220 °C</em> im Ofen.</p>" } },
    {
      type: "FeatureCardsSection",
      props: {
        items: [
          { title: "Jedes Stück gedreht", description: "Keine Formen: zwei Teller sind Geschwister, nie Zwillinge." },
          { title: "Unbedenklichkeitsbescheinigung", description: "Bleifrei, geprüft, spülmaschinenfest." },
        ],
      },
    },
    {
      type: "ServiceCardsSection",
      props: { heading: "Im Laden", items: [{ title: "Müslischale", price: 2800, description: "Ein halber Liter." }] },
    },
    { type: "ImageSection", props: { src: "/media/4.svg", alt: "Ein Regal mit ungebrannten Schalen" } },
    {
      type: "StepsSection",
      props: {
        items: [
          { title: "Zentrieren", description: "Die schwersten zehn Minuten zuerst." },
          { title: "Abdrehen", description: "Füße, Ränder, Henkel." },
        ],
      },
    },
    {
      type: "PricingSection",
      props: {
        heading: "Kurse",
        items: [{ name: "Schnupperabend", price: 4500, features: ["Ton für zwei Stücke", "Brand inbegriffen"] }],
      },
    },
    { type: "ProductList", props: { heading: "Aus dem Ofen", limit: 4 } },
    { type: "ProductListSection", props: { products: ["krug"] } },
    { type: "ProductDetail", props: { product: "krug" } },
    { type: "ProductDetailSection", props: { heading: "Krug des Monats", product: "krug" } },
    { type: "ReviewList", props: { heading: "Was Kunden sagen", limit: 3 } },
    { type: "ReviewListSection", props: { product: "krug" } },
    { type: "BookingWidget", props: { heading: "Eine Stunde an der Scheibe", limit: 3 } },
    { type: "ReservationWidget", props: { heading: "Ein Tisch im Hof" } },
    { type: "ContactFormSection", props: { heading: "Schreiben Sie uns", consentText: "Sie dürfen das aufheben." } },
    {
      type: "FormBuilderSection",
      props: {
        heading: "Ein eigenes Geschirr",
        fields: [
          { type: "text", label: "Name", required: true },
          { type: "radio", label: "Größe", choices: ["Klein", "Groß"] },
          { type: "consent", label: "Sie dürfen das aufheben, bis alles fertig ist." },
        ],
      },
    },
    { type: "PushOptInButton", props: { heading: "Der nächste Brand" } },
    { type: "NewsletterSection", props: { heading: "Post aus der Werkstatt" } },
    {
      type: "PriceList",
      props: { items: [{ name: "Schrühbrand, je Einlegeplatte, bei uns abgeholt", price: 123456 }] },
    },
    {
      type: "Testimonials",
      props: { heading: "Aus dem Gästebuch", items: [{ quote: "Der Krug tropft wirklich nicht.", author: "Ines" }] },
    },
    { type: "TestimonialSection", props: { items: [{ quote: "Ein schöner Abend." }] } },
    { type: "StatisticsSection", props: { items: [{ value: "1.280 °C", label: "Höchsttemperatur" }] } },
    { type: "TeamSection", props: { heading: "An der Scheibe", items: [{ name: "Ömer Åkesson", role: "brennt" }] } },
    {
      type: "TimelineSection",
      props: { heading: "Werdegang", items: [{ date: "2011", title: "Eine Scheibe in der Garage" }] },
    },
    { type: "GallerySection", props: { images: [{ caption: "Ascheweiß" }, { caption: "Kupferrot" }] } },
    {
      type: "FaqSection",
      props: { heading: "Fragen", items: [{ question: "Was bringe ich mit?", answer: "Schürze und kurze Nägel." }] },
    },
    {
      type: "AccordionSection",
      props: { items: [{ title: "Stornierung", text: "Kostenlos bis zwei Tage vorher." }] },
    },
    { type: "DividerSection", props: {} },
    {
      type: "OpeningHours",
      props: { heading: "Geöffnet", monday: "10–18 Uhr", thursday: "10–20 Uhr", Feiertage: null },
    },
    {
      type: "Map",
      props: { heading: "Anfahrt", address: "Hafengasse 4, Hinterhaus", latitude: 54.32, longitude: 10.13 },
    },
    { type: "MapSection", props: { latitude: 54.33, longitude: 10.14 } },
    {
      type: "CTABannerSection",
      props: { title: "Am Dienstag ist eine Scheibe frei", ctaText: "Schreiben Sie uns", ctaLink: "/de/start" },
    },
    { type: "ButtonSection", props: { label: "Nach oben", href: "#content" } },
    { type: "VideoHeroSection", props: { title: "So entsteht ein Krug" } },
  ],
};
