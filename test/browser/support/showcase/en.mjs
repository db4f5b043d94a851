/** A pottery's page with every type of block. */
export const ENGLISH = {
  title: "Harbour Lane Pottery",
  slug: "home",
  locale: "en",
  seo: {
    title: "Pottery courses and stoneware",
    description: "A workshop by the harbour: wheels, kilns and Saturday courses.",
  },
  blocks: [
    {
      type: "HeroSection",
      props: {
        title: "Stoneware made to be used",
        subtitle: "Plates, bowls and jugs from a workshop by the harbour, and courses for hands that want to try.",
        ctaText: "Book a course",
        ctaLink: "#content",
      },
    },
    { type: "AlertBarSection", props: { message: "The kiln is being relined: collections from Thursday on." } },
    {
      type: "TextSection",
      props: {
        heading: "A wheel, a kiln, a window on the quay",
        body: "We throw in the morning, trim in the afternoon and fire when the shelves are full.\n\nNothing leaves the house that has not survived our own dishwasher.",
      },
    },
    {
      type: "RichTextSection",
      props: {
        heading: "Looking after it",
        html: '<p>Stoneware is <strong>oven-safe</strong> to 220 °C. Read the <a href="https://example.com/care">whole guide</a>, or remember this:</p><ul><li>no naked flame</li><li>no frozen lasagne into a hot oven</li></ul><table><thead><tr><th scope="col">Glaze</th><th scope="col">Dishwasher</th></tr></thead><tbody><tr><td>Ash white</td><td>yes</td></tr><tr><td>Copper red</td><td>by hand</td></tr></tbody></table>',
      },
    },
    {
      type: "FeatureCardsSection",
      props: {
        heading: "Why people come back",
        items: [
          { title: "Every piece is thrown", description: "No moulds: two plates are sisters, never twins." },
          { title: "Glazed with ash", description: "From the beech logs of the bakery next door.", link: "#content" },
          { title: "Mended for life", description: "Chipped it? We grind and refire it for nothing." },
        ],
      },
    },
    {
      type: "ServiceCardsSection",
      props: {
        heading: "In the shop",
        currency: "GBP",
        items: [
          { title: "Breakfast bowl", price: 2800, description: "Half a litre, four glazes.", image: "/media/1.svg" },
          { title: "Table jug", price: 6400, description: "Pours without dripping.", image: "/media/2.svg" },
          { title: "Dinner set", price: "from £320", description: "Six places, eight weeks.", image: "/media/3.svg" },
        ],
      },
    },
    {
      type: "ImageSection",
      props: { src: "/media/4.svg", alt: "A shelf of unglazed bowls", caption: "Waiting for the second firing." },
    },
    {
      type: "StepsSection",
      props: {
        heading: "A course in three evenings",
        items: [
          { title: "Centre and open", description: "The hardest ten minutes come first." },
          { title: "Trim and handle", description: "Feet, rims and the odd handle." },
          { title: "Glaze and wait", description: "We fire; you collect two weeks later." },
        ],
      },
    },
    {
      type: "PricingSection",
      props: {
        heading: "Courses",
        currency: "GBP",
        items: [
          {
            name: "One evening",
            price: 4500,
            features: ["Clay for two pieces", "Firing included"],
            ctaText: "Choose an evening",
            ctaLink: "#content",
          },
          {
            name: "Three evenings",
            price: 12000,
            description: "The one most people take.",
            features: ["Clay for six pieces", "Glazing", "Firing included"],
            ctaText: "Choose a course",
            ctaLink: "#content",
          },
          { name: "A month of wheel time", price: 18000, features: ["Your own shelf", "A key to the door"] },
        ],
      },
    },
    { type: "ProductList", props: { heading: "From the kiln", limit: 4, ctaText: "The whole shop", ctaLink: "/shop" } },
    { type: "ProductListSection", props: { products: ["jug", "bowl"] } },
    { type: "ProductDetail", props: { heading: "Jug of the month", product: "jug" } },
    { type: "ProductDetailSection", props: { product: "bowl" } },
    { type: "ReviewList", props: { heading: "What customers say", limit: 3 } },
    { type: "ReviewListSection", props: { product: "jug" } },
    { type: "BookingWidget", props: { heading: "An hour at the wheel", text: "Clay is on the house." } },
    { type: "ReservationWidget", props: { heading: "A table in the yard", partySize: 4 } },
    {
      type: "ContactFormSection",
      props: {
        heading: "Write to us",
        text: "We read our post on Mondays.",
        phone: true,
        consentText: "You may keep what I write until it is answered.",
      },
    },
    {
      type: "FormBuilderSection",
      props: {
        heading: "A set of your own",
        fields: [
          { type: "textarea", name: "set", label: "What belongs to it", required: true, help: "Jugs, bowls, both." },
          { type: "email", label: "E-mail", required: true },
          { type: "select", label: "Glaze", options: [{ label: "Sand" }, { label: "Sea", value: "blue" }] },
          { type: "radio", label: "Size", choices: ["Small", "Large"] },
          { type: "checkboxes", label: "Days you are in", choices: ["Monday", "Tuesday"] },
          { type: "number", label: "Pieces", min: 2, max: 40 },
          { type: "date", label: "Needed by" },
          { type: "tel", label: "Telephone" },
          { type: "file", label: "A drawing", accept: ["pdf", "jpg"] },
          { type: "checkbox", label: "It is a present" },
          { type: "consent", label: "You may keep this until the set is done." },
          { type: "hidden", name: "source", label: "Source", value: "showcase" },
        ],
        submitText: "Ask for an offer",
      },
    },
    {
      type: "PushOptInButton",
      props: { heading: "Hear of the next firing", text: "One note a month.", topics: ["kiln"] },
    },
    {
      type: "NewsletterSection",
      props: { heading: "Letters from the kiln", text: "What was fired, and what broke.", label: "Write to me" },
    },
    {
      type: "PriceList",
      props: {
        heading: "Firing for others",
        currency: "GBP",
        items: [
          { name: "Bisque, per shelf", price: 1400 },
          { name: "Glaze, per shelf", price: 2200, description: "Cone 8, reduction" },
        ],
      },
    },
    {
      type: "Testimonials",
      props: {
        heading: "From the guest book",
        items: [
          { quote: "The jug really does not drip.", author: "Ines Falk", role: "owner of too many jugs" },
          { quote: "I left with clay in my hair and a bowl I use every day.", author: "Sam Reed" },
        ],
      },
    },
    { type: "TestimonialSection", props: { items: [{ quote: "Best Tuesday of the year.", author: "Jo" }] } },
    {
      type: "StatisticsSection",
      props: {
        heading: "In numbers",
        items: [
          { value: "1,280 °C", label: "top temperature" },
          { value: "6", label: "wheels" },
          { value: "940", label: "people taught" },
        ],
      },
    },
    {
      type: "TeamSection",
      props: {
        heading: "Who is at the wheel",
        items: [
          { name: "Mara Lindqvist", role: "Throws", description: "Learned in Seto, came home for the sea." },
          { name: "Owen Pike", role: "Fires", description: "Can hear the cone bend.", image: "/media/5.svg" },
        ],
      },
    },
    {
      type: "TimelineSection",
      props: {
        heading: "How we got here",
        items: [
          { date: "2011", title: "A wheel in a garage", description: "And a kiln from a closed school." },
          { date: "2017", title: "Harbour Lane", description: "The sail loft was empty for nine years before." },
        ],
      },
    },
    {
      type: "GallerySection",
      props: {
        heading: "From the shelves",
        images: [
          { src: "/media/6.svg", alt: "A tall white jug", caption: "Ash white" },
          { src: "/media/7.svg", alt: "A red bowl" },
          { caption: "Copper red" },
          { caption: "Celadon" },
        ],
      },
    },
    {
      type: "FaqSection",
      props: {
        heading: "Questions",
        items: [
          { question: "Do I need to bring anything?", answer: "An apron and short fingernails." },
          { question: "Can children come?", answer: "From ten years, on Saturday mornings." },
        ],
      },
    },
    {
      type: "AccordionSection",
      props: {
        heading: "Small print",
        items: [{ title: "Cancelling", text: "Free until two days before.\n\nAfter that we keep half." }],
      },
    },
    { type: "DividerSection", props: {} },
    {
      type: "OpeningHours",
      props: { heading: "Open", weekdays: "10:00–18:00", saturday: "09:00–16:00", sunday: null },
    },
    {
      type: "Map",
      props: { heading: "On the quay", address: "4 Harbour Lane", latitude: 50.15, longitude: -5.06, zoom: 17 },
    },
    { type: "MapSection", props: { latitude: 50.16, longitude: -5.07 } },
    {
      type: "CTABannerSection",
      props: {
        title: "The next wheel is free on Tuesday",
        body: "Six places, one evening, everything included.",
        ctaText: "Write to us",
        ctaLink: "mailto:hello@harbour-lane.example",
      },
    },
    { type: "ButtonSection", props: { label: "Back to the top", href: "#content" } },
    {
      type: "VideoHeroSection",
      props: {
        title: "See a jug being made",
        subtitle: "Four minutes, one lump of clay.",
        image: "/media/8.svg",
        imageAlt: "Hands on a spinning wheel",
      },
    },
  ],
};
