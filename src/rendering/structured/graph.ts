import type { BlogPosting, BreadcrumbList, Graph, ItemList, Thing, WebPage, WebSite } from "schema-dts";
import type { Rendered } from "../document.ts";
import { type Business, type Contact, publisherOf } from "./business.ts";
import type { Facts, Priced } from "./facts.ts";
import { productListNode, productNode } from "./products.ts";

/** What of a page's frame search engines are told; addresses are absolute. */
interface Frame {
  siteName: string;
  locale: string;
  canonical: string | null;
  home: string;
  trail: { name: string; address: string }[];
  business: Business | null;
  contact: Contact;
  logo: string | null;
  social: { image: string | null };
}

/** A page that has an address of its own. */
interface Subject {
  frame: Frame;
  head: Rendered;
  canonical: string;
}

/** Google and others cut what is longer. */
const MAX_HEADLINE = 110;

const idOf = (address: string, name: string): string => `${address}#${name}`;

function siteOf({ frame }: Subject): WebSite {
  const { home, siteName } = frame;
  return {
    "@type": "WebSite",
    "@id": idOf(home, "website"),
    url: home,
    name: siteName,
    publisher: { "@id": idOf(home, "publisher") },
  };
}

function breadcrumbsOf({ frame, canonical }: Subject): BreadcrumbList | null {
  const { trail } = frame;
  if (trail.length < 2) return null;
  return {
    "@type": "BreadcrumbList",
    "@id": idOf(canonical, "breadcrumbs"),
    itemListElement: trail.map(({ name, address }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: address,
    })),
  };
}

const questionsOf = (questions: Facts["questions"]) =>
  questions.map(({ question, answer }) => ({
    "@type": "Question" as const,
    name: question,
    acceptedAnswer: { "@type": "Answer" as const, text: answer },
  }));

function pageOf({ frame, head, canonical }: Subject, hasBreadcrumbs: boolean): WebPage {
  const questions = head.facts?.questions ?? [];
  const common = {
    "@id": idOf(canonical, "page"),
    url: canonical,
    name: head.title,
    ...(head.description && { description: head.description }),
    ...(head.image && { primaryImageOfPage: { "@type": "ImageObject" as const, url: head.image } }),
    inLanguage: frame.locale,
    isPartOf: { "@id": idOf(frame.home, "website") },
    ...(head.products?.about && { mainEntity: { "@id": idOf(canonical, "product") } }),
    ...(hasBreadcrumbs && { breadcrumb: { "@id": idOf(canonical, "breadcrumbs") } }),
  };
  return questions.length > 0
    ? { "@type": "FAQPage", ...common, mainEntity: questionsOf(questions) }
    : { "@type": "WebPage", ...common };
}

function articleOf({ frame, head, canonical }: Subject): BlogPosting | null {
  const { article, title, description, image } = head;
  if (!article) return null;
  const { author, tags, publishedAt, updatedAt } = article;
  const publisher = { "@id": idOf(frame.home, "publisher") };
  const picture = image ?? frame.social.image;
  return {
    "@type": "BlogPosting",
    "@id": idOf(canonical, "article"),
    headline: title.slice(0, MAX_HEADLINE),
    ...(description && { description }),
    ...(picture && { image: picture }),
    ...(publishedAt && { datePublished: publishedAt }),
    dateModified: updatedAt,
    author: author ? { "@type": "Person", name: author } : publisher,
    publisher,
    inLanguage: frame.locale,
    ...(tags.length > 0 && { keywords: tags }),
    mainEntityOfPage: { "@id": idOf(canonical, "page") },
  };
}

const productOf = ({ name, description, price, currency }: Priced) => ({
  "@type": "Product" as const,
  name,
  ...(description && { description }),
  offers: { "@type": "Offer" as const, price, priceCurrency: currency },
});

function pricesOf({ head, canonical }: Subject): ItemList | null {
  const prices = head.facts?.prices ?? [];
  if (prices.length === 0) return null;
  return {
    "@type": "ItemList",
    "@id": idOf(canonical, "prices"),
    itemListElement: prices.map((it, index) => ({ "@type": "ListItem", position: index + 1, item: productOf(it) })),
  };
}

const soldOf = ({ head, canonical }: Subject): Thing | null =>
  head.products?.about ? productNode(head.products.about, idOf(canonical, "product")) : null;

function listOf({ head, canonical }: Subject): ItemList | null {
  const listed = head.products?.listed ?? [];
  return listed.length > 0 ? productListNode(listed, idOf(canonical, "products")) : null;
}

/**
 * A page in the words of schema.org: the site and who runs it, the page with its place among the others, and what it is
 * about. `null` for what has no address of its own, such as a page that says there is none.
 */
export function graphOf(frame: Frame, head: Rendered): Graph | null {
  const { canonical, home, siteName, logo, business, contact } = frame;
  if (canonical === null) return null;
  const subject = { frame, head, canonical };
  const known = { id: idOf(home, "publisher"), url: home, siteName, logo, business, contact };
  const breadcrumbs = breadcrumbsOf(subject);
  const nodes: (Thing | null)[] = [
    siteOf(subject),
    publisherOf({ ...known, facts: head.facts }),
    pageOf(subject, breadcrumbs !== null),
    breadcrumbs,
    articleOf(subject),
    pricesOf(subject),
    soldOf(subject),
    listOf(subject),
  ];
  return { "@context": "https://schema.org", "@graph": nodes.filter((it) => it !== null) };
}
