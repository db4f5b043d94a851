import type { LiveQuery } from "../live-marker.ts";

/** A form for a website's news in its place on a page: where it is sent depends on the address the page is read at. */
export interface NewsletterQuery extends LiveQuery {
  by: "newsletter";
  /** What the button says; `""` for the words of the page's language. */
  label: string;
  /** What whoever subscribes by it wants to hear of; none for everything. A page published before there were any has none. */
  topics?: string[];
}
