import { FIELD_TYPES } from "../forms/definition.ts";
import type { Declared } from "./declared.ts";
import { flag, list, number, type Properties, text, texts, url } from "./properties.ts";
import { HEADING } from "./shared.ts";

/** What every form has. */
const FORM: Properties = {
  ...HEADING,
  text: text("Said above the fields", { also: ["body", "subtitle"] }),
  formId: text(
    "What the form is known by, in lower-case letters, digits and hyphens: its submissions stay together under it. Made of the page where it is left out",
  ),
  submitText: text("What the button says; a word of the visitor's language where it is left out", {
    also: ["buttonText"],
  }),
  successMessage: text("Said when it has arrived"),
  redirectTo: url("A page of the website that is led to then, such as /thanks"),
};

const CONTACT: Declared = {
  label: "Contact form",
  category: "contact",
  description: "A form with name, e-mail address and message. What visitors send is a submission of it",
  properties: {
    ...FORM,
    phone: flag("Whether it asks for a phone number too"),
    consentText: text("What visitors have to agree to; nothing where it is left out"),
  },
  example: {
    heading: "Write to us",
    text: "We answer within a day.",
    formId: "contact",
    phone: true,
    consentText: "You may keep what I write until it is answered.",
    submitText: "Send",
    successMessage: "Thank you. We will answer soon.",
    redirectTo: "/thanks",
  },
};

const BUILDER: Declared = {
  label: "Form",
  category: "contact",
  description: "A form with fields of your own. What visitors send is a submission of it",
  properties: {
    ...FORM,
    fields: list("The fields, in their order", {
      type: text(`What it asks for: ${FIELD_TYPES.join(", ")}`),
      name: text("What its answers are stored under: a letter, then letters, digits, _ and -. Made of the label"),
      label: text("What it is called", { isRequired: true }),
      required: flag("Whether it must be filled in"),
      help: text("Said below its label", { also: ["description"] }),
      options: list("The answers it offers", {
        label: text("What it says", { isRequired: true }),
        value: text("What is stored; the label where it is left out"),
      }),
      choices: texts("The answers it offers, where each is stored as it is shown"),
      min: number("The least a number may be"),
      max: number("The most a number may be"),
      earliest: text("The first day a date may be: 2026-05-26"),
      latest: text("The last day a date may be"),
      maxLength: number("Characters of a text, at most"),
      accept: texts("Endings of files it takes: pdf, jpg"),
      maxBytes: number("Bytes of a file, at most"),
      value: text("What a hidden field holds"),
    }),
  },
  example: {
    heading: "Order a cake",
    text: "Tell us what you have in mind.",
    formId: "cake",
    fields: [
      { type: "textarea", name: "wishes", label: "Your cake", required: true, maxLength: 1_000 },
      { type: "email", name: "email", label: "E-mail", required: true, help: "We answer to this address." },
      {
        type: "select",
        name: "size",
        label: "How large",
        options: [{ label: "Small", value: "s" }, { label: "Large" }],
      },
      { type: "radio", name: "pickup", label: "Pick up", choices: ["Morning", "Evening"] },
      { type: "number", name: "guests", label: "How many guests", min: 1, max: 200 },
      { type: "date", name: "day", label: "For which day", earliest: "2026-01-01", latest: "2030-12-31" },
      { type: "file", name: "sketch", label: "A sketch of it", accept: ["pdf", "jpg"], maxBytes: 2_000_000 },
      { type: "hidden", name: "source", label: "Campaign", value: "spring" },
    ],
    submitText: "Ask for an offer",
    successMessage: "Thank you. We will send an offer.",
    redirectTo: "/thanks",
  },
};

/** Forms that visitors fill in. */
export const FORM_BLOCKS: Readonly<Record<string, Declared>> = {
  ContactFormSection: CONTACT,
  FormBuilderSection: BUILDER,
};
