/** The same pottery in Arabic, from right to left. */
export const ARABIC = {
  title: "خزف الميناء",
  slug: "albidaya",
  locale: "ar",
  seo: { title: "دورات الخزف", description: "ورشة عند الميناء: عجلات وأفران ودورات يوم السبت." },
  blocks: [
    {
      type: "HeroSection",
      props: {
        title: "خزف صُنع ليُستعمل",
        subtitle: "أطباق وأوعية وأباريق من ورشة عند الميناء.",
        ctaText: "احجز دورة",
        ctaLink: "#content",
      },
    },
    { type: "AlertBarSection", props: { message: "الفرن قيد الصيانة: الاستلام ابتداءً من يوم الخميس." } },
    {
      type: "TextSection",
      props: { heading: "عجلة وفرن ونافذة", body: "ندير الطين صباحًا.\n\nلا يغادر الورشة إلا ما صمد في غسّالة أطباقنا." },
    },
    { type: "RichTextSection", props: { heading: "العناية", html: "<ul><li>لا لهب مباشر</li><li>لا تجميد</li></ul>" } },
    {
      type: "FeatureCardsSection",
      props: { heading: "لماذا يعودون", items: [{ title: "كل قطعة باليد", description: "لا قوالب عندنا." }] },
    },
    {
      type: "ServiceCardsSection",
      props: { heading: "في المتجر", currency: "EGP", items: [{ title: "وعاء الفطور", price: 28000 }] },
    },
    { type: "ImageSection", props: { src: "/media/4.svg", alt: "رفّ من الأوعية", caption: "بانتظار الحرق الثاني." } },
    {
      type: "StepsSection",
      props: { heading: "ثلاث أمسيات", items: [{ title: "التمركز" }, { title: "التشذيب" }, { title: "التزجيج" }] },
    },
    {
      type: "PricingSection",
      props: {
        heading: "الدورات",
        currency: "EGP",
        items: [{ name: "أمسية واحدة", price: 45000, features: ["الطين"] }],
      },
    },
    { type: "ProductList", props: { heading: "من الفرن" } },
    { type: "ProductListSection", props: { products: ["jug"] } },
    { type: "ProductDetail", props: { product: "jug" } },
    { type: "ProductDetailSection", props: { heading: "إبريق الشهر", product: "jug" } },
    { type: "ReviewList", props: { heading: "ما يقوله الزبائن", limit: 3 } },
    { type: "ReviewListSection", props: { product: "jug" } },
    { type: "BookingWidget", props: { heading: "ساعة على الدولاب" } },
    { type: "ReservationWidget", props: { heading: "طاولة في الفناء" } },
    { type: "ContactFormSection", props: { heading: "اكتبوا إلينا", phone: true } },
    {
      type: "FormBuilderSection",
      props: {
        heading: "طقم خاص بكم",
        fields: [
          { type: "text", label: "الاسم", required: true },
          { type: "select", label: "الحجم", choices: ["صغير", "كبير"] },
          { type: "date", label: "متى" },
        ],
      },
    },
    { type: "PushOptInButton", props: { heading: "أخبار الفرن" } },
    { type: "NewsletterSection", props: { heading: "رسالة الورشة" } },
    { type: "PriceList", props: { heading: "حرق للغير", currency: "EGP", items: [{ name: "لكل رفّ", price: 14000 }] } },
    {
      type: "Testimonials",
      props: { heading: "من دفتر الزوّار", items: [{ quote: "إبريق لا يقطر.", author: "إيناس" }] },
    },
    { type: "TestimonialSection", props: { items: [{ quote: "أجمل ثلاثاء.", author: "سامر" }] } },
    { type: "StatisticsSection", props: { heading: "بالأرقام", items: [{ value: "1280", label: "درجة الحرارة" }] } },
    { type: "TeamSection", props: { heading: "من نحن", items: [{ name: "مارا", role: "على العجلة" }] } },
    {
      type: "TimelineSection",
      props: { heading: "الطريق إلى هنا", items: [{ date: "2011", title: "عجلة في مرأب", description: "وفرن قديم." }] },
    },
    { type: "GallerySection", props: { heading: "من الرفوف", images: [{ caption: "أبيض" }, { caption: "أحمر" }] } },
    { type: "FaqSection", props: { heading: "أسئلة", items: [{ question: "ماذا أحضر؟", answer: "مئزرًا." }] } },
    { type: "AccordionSection", props: { heading: "الشروط", items: [{ title: "الإلغاء", text: "مجانًا قبل يومين." }] } },
    { type: "DividerSection", props: {} },
    { type: "OpeningHours", props: { heading: "أوقات العمل", sunday: "10:00–18:00", friday: null } },
    { type: "Map", props: { heading: "على الرصيف", address: "4 زقاق الميناء", latitude: 31.2, longitude: 29.9 } },
    { type: "MapSection", props: { latitude: 31.21, longitude: 29.91 } },
    {
      type: "CTABannerSection",
      props: {
        title: "مكان شاغر يوم الثلاثاء",
        body: "ستة أماكن وأمسية واحدة.",
        ctaText: "راسلنا",
        ctaLink: "#content",
      },
    },
    { type: "ButtonSection", props: { label: "إلى الأعلى", href: "#content" } },
    { type: "VideoHeroSection", props: { title: "شاهد صنع إبريق", subtitle: "أربع دقائق." } },
  ],
};
