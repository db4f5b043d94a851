import { thanksMain } from "../../rendering/forms/form.ts";
import type { LivePage } from "../live/page.ts";
import { findForm } from "./find.ts";
import { formDocument } from "./document.ts";

/** Says that a form has arrived. It says so to whoever comes here, and of nobody in particular. */
export const thanksPage: LivePage = {
  async get(visit) {
    const found = await findForm(visit, new URL(visit.request.url).searchParams.get("page") ?? "");
    if (!found) return null;
    const { definition, back } = found;
    return formDocument(`${definition.key}/thanks`, definition.name, thanksMain(definition, visit.locale, back));
  },
};
