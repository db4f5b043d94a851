import type { Block } from "../pages/parts.ts";
import { block } from "./blocks.ts";

/** What the bakery is asked for by its form. */
export const BAKERY_FORM = {
  heading: "Bread for many",
  text: "For a party, an office, a wedding: tell us how much and when. We answer within a day.",
  formId: "large-orders",
  fields: [
    { type: "text", name: "name", label: "Your name", required: true, maxLength: 100 },
    { type: "email", name: "email", label: "E-mail address", required: true, help: "We answer to this address." },
    { type: "tel", name: "phone", label: "Phone number" },
    {
      type: "select",
      name: "occasion",
      label: "What is it for?",
      options: [
        { label: "A party", value: "party" },
        { label: "An office", value: "office" },
        { label: "A wedding", value: "wedding" },
      ],
    },
    { type: "date", name: "day", label: "For which day?", required: true },
    { type: "number", name: "people", label: "How many people?", min: 5, max: 500 },
    { type: "checkboxes", name: "breads", label: "Which breads?", choices: ["Sourdough", "Rye", "Focaccia"] },
    { type: "textarea", name: "message", label: "Anything else we should know?", maxLength: 2_000 },
    { type: "file", name: "sketch", label: "A picture or a list", accept: ["pdf", "jpg", "png"], maxBytes: 5_000_000 },
    { type: "consent", name: "consent", label: "You may keep what I send until my order is done.", required: true },
  ],
  submitText: "Ask for an offer",
  successMessage: "Thank you. We will send you an offer within a day.",
};

export const bakeryForm = (): Block => block("FormBuilderSection", BAKERY_FORM);

/** What has been sent by it. */
export const BAKERY_SUBMISSIONS = [
  {
    hoursAgo: 52,
    status: "read",
    note: "Offer sent",
    data: {
      ...{ name: "Grace Hopper", email: "grace@example.com", phone: "+49 30 555 0102", occasion: "office" },
      ...{ day: "2026-12-18", people: 40, breads: ["Rye", "Focaccia"], consent: true },
      message: "Delivered by nine, please.\nWe have a lift.",
    },
  },
  {
    hoursAgo: 7,
    status: "new",
    note: null,
    data: {
      ...{ name: "Ada Lovelace", email: "ada@example.com", occasion: "wedding", day: "2027-05-22", people: 120 },
      ...{ breads: ["Sourdough"], message: "Three tiers of bread instead of a cake?", consent: true },
    },
  },
  {
    hoursAgo: 5,
    status: "spam",
    note: null,
    data: {
      ...{ name: "SEO TOP RANK", email: "rank@example.net", day: "2027-01-01", breads: [], consent: true },
      message: "We bring your bakery to the first page.",
    },
  },
] as const;
