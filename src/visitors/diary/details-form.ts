import type { z } from "@hono/zod-openapi";
import type { Details } from "../../rendering/booking/details-page.ts";
import type { BookingWords } from "../../rendering/booking/words.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import type { SentForm } from "../live/sent-form.ts";

const FIELDS = ["people", "name", "email", "phone", "note"] as const;

/** The form before anything is typed. */
export const untyped = (people: number): Details => ({
  name: "",
  email: "",
  phone: "",
  people: String(people),
  note: "",
});

/** No field takes more; what is longer is told to be wrong, not shown again whole. */
const MAX_LENGTH = 4_000;

/** What a visitor has typed, as it is shown again. */
export const typedIn = (form: SentForm): Details =>
  Object.fromEntries(FIELDS.map((name) => [name, form.text(name).slice(0, MAX_LENGTH)])) as Details;

const WORDS = { email: "wrongEmail", phone: "wrongPhone" } as const;

/** What is wrong with fields, in words for whoever has typed them, in the order of the form. */
export function problemsOf(fields: Iterable<string>, typed: Details, words: BookingWords): Problem[] {
  const wrong = new Set(fields);
  const named = FIELDS.filter((name) => wrong.has(name)).map((field) => ({
    field,
    message:
      typed[field] === "" ? words.required : words[field in WORDS ? WORDS[field as keyof typeof WORDS] : "wrong"],
  }));
  const isOther = [...wrong].some((it) => !(FIELDS as readonly string[]).includes(it));
  return named.length > 0 || !isOther ? named : [{ field: "", message: words.wrong }];
}

/** The customer of a form. */
export const customerIn = ({ name, email, phone }: Details) => ({ name, email, phone: phone || null });

/** The fields of the form that a body is wrong in: what is at `customer.email` is typed as `email`. */
export function fieldsIn({ issues }: z.ZodError): string[] {
  const named = issues.map(({ path }) => {
    const [first = "", second] = path.map(String);
    return first === "customer" ? (second ?? "name") : first === "partySize" ? "people" : first;
  });
  return [...new Set(named)];
}
