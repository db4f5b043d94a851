/** What of a document is not shown, or not as it was written. */
export type NoteCode =
  | "unknown_block"
  | "unused_property"
  | "dropped_image"
  | "dropped_element"
  | "dropped_attribute"
  | "unsafe_link"
  | "relative_link"
  | "shortened_text";

export interface Note {
  code: NoteCode;
  /** Where in the document: `blocks[1].items[0].html`, `content`. */
  path: string;
  /** The address, the element, the type: whatever it is about. */
  what: string;
}

/** A link to another page of the site: whether there is one is known only when all of them are. */
interface InternalLink {
  path: string;
  href: string;
  /** The path of the address alone, without a slash at its end. */
  target: string;
}

/** What of this host is no page of the site. */
const ELSEWHERE = /^\/(?:media|s|api)(?:\/|$)/;

/** What is stored of a rendered document beside it. */
export interface KeptNotes {
  told: Note[];
  links: InternalLink[];
}

/** Notes of one document, and the addresses in them, are shortened to these. */
const MAX_NOTES = 50;
const MAX_LINKS = 200;
const MAX_WHAT_LENGTH = 200;

/** What is to be told of a document once it is rendered; each thing once for each place. */
export class Notes {
  readonly #told = new Map<string, Note>();
  readonly #links = new Map<string, InternalLink>();

  add(code: NoteCode, path: string, what: string): void {
    const note = { code, path, what: what.slice(0, MAX_WHAT_LENGTH) };
    if (this.#told.size < MAX_NOTES) this.#told.set(JSON.stringify(note), note);
  }

  link(path: string, href: string): void {
    if (!href.startsWith("/") || ELSEWHERE.test(href) || href.length > MAX_WHAT_LENGTH) return;
    const target = href.replace(/[?#].*$/, "").replace(/\/+$/, "");
    if (this.#links.size < MAX_LINKS) this.#links.set(href, { path, href, target });
  }

  get all(): Note[] {
    return [...this.#told.values()];
  }

  /** `null` where there is nothing to be told or to be checked. */
  get kept(): KeptNotes | null {
    const links = [...this.#links.values()];
    return this.#told.size + links.length === 0 ? null : { told: this.all, links };
  }
}
