import type { FormDefinition } from "./forms/definition.ts";
import type { Picture, PictureMap } from "./pictures.ts";

/** What of a document is not shown, or not as it was written. */
export type NoteCode =
  | "unknown_block"
  | "unused_property"
  | "missing_property"
  | "dropped_image"
  | "missing_image"
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

/** A picture of the site's own that a document names: as it was when that was rendered, `null` where there was none. */
interface Use {
  id: string;
  picture: Picture | null;
}

/** A custom block that a document names: in which version it was rendered, `null` where there was none. */
interface BlockUse {
  id: string;
  version: number | null;
}

/** What is stored of a rendered document beside it. */
export interface KeptNotes {
  told: Note[];
  links: InternalLink[];
  /** What was rendered before pictures were known has none. */
  uses?: Use[];
  /** Custom blocks; left out where there are none. */
  blocks?: BlockUse[];
  /** Its forms, as visitors fill them in; left out where there are none. */
  forms?: FormDefinition[];
}

/** Notes of one document, and the addresses in them, are shortened to these. */
const MAX_NOTES = 50;
const MAX_LINKS = 200;
const MAX_USES = 200;
const MAX_WHAT_LENGTH = 200;
/** Characters of all forms of a document: with the document itself they have to fit into a row of 2 MB. */
const MAX_FORMS_LENGTH = 200_000;

/** What is to be told of a document once it is rendered; each thing once for each place. */
export class Notes {
  readonly #told = new Map<string, Note>();
  readonly #links = new Map<string, InternalLink>();
  readonly #uses = new Map<string, Use>();
  readonly #blocks = new Map<string, BlockUse>();
  readonly #forms = new Map<string, FormDefinition>();
  #formsLength = 0;

  add(code: NoteCode, path: string, what: string): void {
    const note = { code, path, what: what.slice(0, MAX_WHAT_LENGTH) };
    if (this.#told.size < MAX_NOTES) this.#told.set(JSON.stringify(note), note);
  }

  link(path: string, href: string): void {
    if (!href.startsWith("/") || ELSEWHERE.test(href) || href.length > MAX_WHAT_LENGTH) return;
    const target = href.replace(/[?#].*$/, "").replace(/\/+$/, "");
    if (this.#links.size < MAX_LINKS) this.#links.set(href, { path, href, target });
  }

  use(id: string, picture: Picture | null): void {
    if (this.#uses.size < MAX_USES) this.#uses.set(id, { id, picture });
  }

  block(id: string, version: number | null): void {
    this.#blocks.set(id, { id, version });
  }

  /** A form, by its key: the first of one key is the form. `false` for one that is too much for what is kept of a document. */
  form(definition: FormDefinition): boolean {
    if (this.#forms.has(definition.key)) return true;
    this.#formsLength += JSON.stringify(definition).length;
    if (this.#formsLength > MAX_FORMS_LENGTH) return false;
    this.#forms.set(definition.key, definition);
    return true;
  }

  get all(): Note[] {
    return [...this.#told.values()];
  }

  /** `null` where there is nothing to be told or to be checked. */
  get kept(): KeptNotes | null {
    const [links, uses, blocks] = [this.#links, this.#uses, this.#blocks].map((it) => [...it.values()]) as [
      InternalLink[],
      Use[],
      BlockUse[],
    ];
    const forms = [...this.#forms.values()];
    if (this.#told.size + links.length + uses.length + blocks.length + forms.length === 0) return null;
    return {
      ...{ told: this.all, links, uses },
      ...(blocks.length > 0 && { blocks }),
      ...(forms.length > 0 && { forms }),
    };
  }
}

/** What rendering a document was handed, as far as its notes have kept it: enough to render it once more. */
export const givenBy = (kept: KeptNotes | null): { pictures: PictureMap } => ({
  pictures: new Map(kept?.uses?.flatMap(({ id, picture }) => (picture ? [[id, picture]] : []))),
});
