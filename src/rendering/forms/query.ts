import type { LiveQuery } from "../live-marker.ts";
import type { FormDefinition } from "./definition.ts";

/** A form in its place on a page. It is written when the page is read: it says when that was. */
export interface FormQuery extends LiveQuery {
  by: "forms";
  form: FormDefinition;
  /** The id of the page. */
  page: string;
}
