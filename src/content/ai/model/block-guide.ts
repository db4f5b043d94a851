/**
 * What a model writes pages with: the types of blocks, each with an example of its properties. Pictures, maps and films are
 * none of them: a model knows no address.
 */
export const BLOCK_GUIDE: Readonly<Record<string, Record<string, unknown>>> = {
  HeroSection: {
    title: "A short promise",
    subtitle: "One sentence that says more",
    ctaText: "Get in touch",
    ctaLink: "#contact",
  },
  TextSection: { heading: "A heading", body: "One or more paragraphs.\n\nDivided by empty lines." },
  FeatureCardsSection: { heading: "A heading", items: [{ title: "A feature", description: "What it is good for" }] },
  ServiceCardsSection: { heading: "A heading", items: [{ title: "A service", description: "What it includes" }] },
  StepsSection: { heading: "How it works", items: [{ title: "First", description: "What happens" }] },
  TimelineSection: { heading: "A history", items: [{ date: "2020", title: "What happened", description: "And why" }] },
  PricingSection: {
    heading: "Prices",
    plans: [{ title: "A plan", price: "on request", description: "Whom it suits", features: ["What it includes"] }],
  },
  StatisticsSection: { heading: "In figures", items: [{ label: "What is counted", value: "12" }] },
  FaqSection: { heading: "Questions", items: [{ question: "What is asked often?", answer: "The answer." }] },
  CTABannerSection: {
    heading: "A last invitation",
    body: "One sentence.",
    ctaText: "Write to us",
    ctaLink: "#contact",
  },
};
