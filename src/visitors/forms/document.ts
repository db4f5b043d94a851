import type { Html } from "../../rendering/blocks/kit.ts";
import type { LiveDocument } from "../live/page.ts";
import { privatePage } from "../live/visitor.ts";
import { FORMS_ROOT } from "./root.ts";

/** A page of a form: of one visitor alone, with what forms look like. */
export function formDocument(below: string, title: string, main: Html, status = 200): LiveDocument {
  const page = privatePage(FORMS_ROOT, below, { title, main: String(main), status });
  return { ...page, rendered: { ...page.rendered, extras: ["forms.css"] } };
}
