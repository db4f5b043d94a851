import { hiddenIn, Browser, OWN, type Loaded } from "../shop/browser.ts";
import type { TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";

/** A form with a field of every kind. */
export const EVERY_FIELD = [
  { type: "text", name: "name", label: "Your name", required: true, maxLength: 40 },
  { type: "email", name: "email", label: "E-mail", required: true, help: "We answer to this address." },
  { type: "tel", name: "phone", label: "Phone" },
  { type: "textarea", name: "message", label: "Message", maxLength: 200 },
  { type: "number", name: "guests", label: "Guests", min: 1, max: 200 },
  { type: "date", name: "day", label: "Day", earliest: "2026-01-01", latest: "2030-12-31" },
  { type: "select", name: "size", label: "Size", options: [{ label: "Small", value: "s" }, { label: "Large" }] },
  { type: "radio", name: "pickup", label: "Pick up", choices: ["Morning", "Evening"] },
  { type: "checkboxes", name: "extras", label: "Extras", choices: ["Candles", "Card"] },
  { type: "checkbox", name: "news", label: "News" },
  { type: "consent", name: "consent", label: "You may keep this" },
  { type: "file", name: "sketch", label: "Sketch", accept: ["pdf", "png"], maxBytes: 200_000 },
  { type: "hidden", name: "campaign", label: "Campaign", value: "spring" },
];

/** Answers to all of it that have to be given. */
export const RIGHT = { name: "Ada Baker", email: "ada@example.com", consent: "yes" };

export interface FormSite extends VisitedSite {
  /** The id of its form. */
  formId: string;
  pageId: string;
  submissions(query?: string): Promise<Record<string, unknown>[]>;
  form(): Promise<Record<string, unknown>>;
}

/** A published website with a form on its page `contact`. */
export async function makeFormSite(clock: TestClock, props: Record<string, unknown> = {}): Promise<FormSite> {
  const site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  const block = {
    type: "FormBuilderSection",
    props: { heading: "Cakes", formId: "cake", fields: EVERY_FIELD, ...props },
  };
  const pageId = await site.page({ title: "Contact", slug: "contact", blocks: [block] });
  await site.publish();
  const [form] = (await site.ask("GET", "/forms")).body.data;
  const path = `/forms/${form.id}/submissions`;
  return {
    ...site,
    formId: form.id,
    pageId,
    submissions: async (query = "") => (await site.ask("GET", path + query)).body.data,
    form: async () => (await site.ask("GET", `/forms/${form.id}`)).body.data,
  };
}

/** A visitor who has the page of the form before him. */
export class FormVisitor {
  readonly browser: Browser;
  #page: Loaded | null = null;

  constructor(
    private readonly site: FormSite,
    private readonly clock: TestClock,
    private readonly path = "/contact",
    private readonly key = "cake",
  ) {
    this.browser = new Browser(site);
  }

  get action(): string {
    return `/s/${this.site.slug}/forms/${this.key}`;
  }

  /** Opens the page anew. */
  async open(): Promise<Loaded> {
    this.#page = await this.browser.visit(this.path);
    return this.#page;
  }

  /** What the form says without being asked. */
  async hidden(): Promise<Record<string, string>> {
    return hiddenIn((this.#page ?? (await this.open())).text);
  }

  /** Takes time to fill it in, and sends it; answers where that leads. */
  async send(fields: Record<string, string | File | string[]>, afterMs = 5_000): Promise<Response> {
    const all = { ...(await this.hidden()), ...fields };
    this.clock.advance(afterMs);
    return this.post(all);
  }

  /** Sends fields as they are, at once: as a browser does a form that has a file. */
  async post(fields: Record<string, string | File | string[]>): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields))
      for (const it of Array.isArray(value) ? value : [value]) form.append(name, it);
    return this.browser.send("POST", this.action, OWN, form);
  }
}

/** A file that is what it says. */
export const pdf = (name = "cake.pdf", bytes = 1_000): File =>
  new File([`%PDF-1.4\n${"x".repeat(bytes)}`], name, { type: "application/pdf" });
