import type { Declared } from "./declared.ts";
import { text, texts } from "./properties.ts";
import { HEADING } from "./shared.ts";

/** What asks visitors whether they want to hear of what is new. */
export const PUSH_BLOCKS: Readonly<Record<string, Declared>> = {
  PushOptInButton: {
    label: "Notifications",
    category: "contact",
    description:
      "A button that turns notifications of the website on and off; shown only in browsers that have them, and not without scripts",
    properties: {
      ...HEADING,
      text: text("A sentence above the button", { also: ["body", "description"] }),
      label: text("What the button says; in the page's language where it is left out", {
        also: ["buttonText", "ctaText"],
      }),
      topics: texts("What the visitor wants to hear of, named as in addresses"),
    },
    example: { heading: "Hear of fresh bread", text: "One note a week, no more.", label: "Tell me", topics: ["news"] },
  },
  NewsletterSection: {
    label: "Newsletter",
    category: "contact",
    description:
      "A form by which visitors ask for the website's news by e-mail; whoever confirms the mail that follows is a subscriber",
    properties: {
      ...HEADING,
      text: text("A sentence above the form", { also: ["body", "description"] }),
      label: text("What the button says; in the page's language where it is left out", {
        also: ["buttonText", "ctaText"],
      }),
      topics: texts(
        "What whoever subscribes here wants to hear of, named as in addresses; all there is where it is left out",
      ),
    },
    example: {
      heading: "News from the bakery",
      text: "Once a month, in your mailbox.",
      label: "Subscribe",
      topics: ["news"],
    },
  },
};
