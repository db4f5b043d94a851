import { PageBodies } from "../content/pages/contract.ts";
import { described } from "./described.ts";

const DESCRIPTIONS = {
  title: "Title of the page",
  slug: "Last part of the page's address: lower-case letters, digits and single hyphens",
  status: "draft, published or archived; visitors see published pages with the next publish_site",
  locale: "Language of the page, one of the website's, e.g. en or de-AT",
  translationOf: "Id of the original page, when this one translates it",
  blocks: "The content from top to bottom: { type: name of a component, props: its properties }",
  seo: "What search engines and social networks show: title, description, ogImage, noIndex",
  navigation: "The entry in the menu: label, order, hidden",
  publishAt: "When the draft is to be published by itself, as an ISO 8601 date and time",
  publishedAt: "When the page first became published, for content from elsewhere; never in the future",
  parentId: "Id of the page above this one",
};

/** A page's fields as arguments: the Content API's own schemas, with words for a model to go by. */
export const newPageFields = described(PageBodies.create.shape, DESCRIPTIONS);
export const changedPageFields = described(PageBodies.update.shape, DESCRIPTIONS);
