import { html } from "hono/html";
import type { FormDefinition, FormField } from "../forms/definition.ts";
import { fieldsOf } from "../forms/fields.ts";
import { isFormKey } from "../forms/key.ts";
import { formWordsFor } from "../forms/words.ts";
import { markerOf } from "../live-marker.ts";
import type { FormQuery } from "../forms/query.ts";
import { flagOf, linkOf, type Props, textOf } from "../text/props.ts";
import { headingOf, lined, nothing, type PageContext, type RenderBlock, section } from "./kit.ts";

/** A path of the website itself, whatever follows it: never another host. */
const isOwnPath = (href: string): boolean => /^\/(?![/\\])/.test(href);

/** The form of a block. It is told to whoever renders the page, and filled in where it stands when that is read. */
function form(props: Props, page: PageContext, fields: FormField[]) {
  const heading = headingOf(props);
  const named = textOf(props, "formId").trim();
  if (named !== "" && !isFormKey(named)) props.notes.add("unused_property", `${props.path}.formId`, named);
  const redirectTo = linkOf(props, "redirectTo");
  // Whoever fills in a form is led to a page of the same website, and nowhere else.
  if (redirectTo && !isOwnPath(redirectTo)) props.notes.add("unsafe_link", `${props.path}.redirectTo`, redirectTo);
  const definition: FormDefinition = {
    key: isFormKey(named) ? named : page.nameForm(),
    name: heading || formWordsFor(page.locale).form,
    fields,
    ...said("submitLabel", textOf(props, "submitText")),
    ...said("successMessage", textOf(props, "successMessage")),
    ...said("redirectTo", redirectTo && isOwnPath(redirectTo) ? redirectTo : ""),
  };
  const text = textOf(props, "text");
  if (!fields.some(({ type }) => type !== "hidden")) return null;
  if (!props.notes.form(definition)) {
    props.notes.add("shortened_text", props.path, definition.key);
    return null;
  }
  const marker = markerOf<FormQuery>({ by: "forms", form: definition, page: page.documentId });
  return section("form", heading, html`${text ? html`<p>${lined(text)}</p>` : nothing}${marker}`);
}

const said = (name: keyof FormDefinition, text: string): Partial<FormDefinition> =>
  text === "" ? {} : { [name]: text };

const contact: RenderBlock = (props, page) => {
  const { name, email, phone, message } = formWordsFor(page.locale).contact;
  const consent = textOf(props, "consentText");
  const fields: FormField[] = [
    { name: "name", type: "text", label: name, required: true, maxLength: 200 },
    { name: "email", type: "email", label: email, required: true },
    ...(flagOf(props, "phone") ? [{ name: "phone", type: "tel" as const, label: phone, required: false }] : []),
    { name: "message", type: "textarea", label: message, required: true },
    ...(consent ? [{ name: "consent", type: "consent" as const, label: consent, required: true }] : []),
  ];
  return form(props, page, fields);
};

const builder: RenderBlock = (props, page) => form(props, page, fieldsOf(props));

export const formBlocks: Record<string, RenderBlock> = { ContactFormSection: contact, FormBuilderSection: builder };
