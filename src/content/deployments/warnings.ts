import type { NoteCode } from "../../rendering/notes.ts";
import type { Warning } from "./table.ts";

type Code = NoteCode | "dead_link" | "menu_cut" | "more_warnings";

/** What a warning says to people. */
const MESSAGES: Record<Code, (what: string) => string> = {
  unknown_block: (what) => `Blocks of the type ${what} are not shown.`,
  unused_property: (what) => `The property ${what} is not shown.`,
  missing_property: (what) => `The property ${what} is needed and has no value.`,
  dropped_image: (what) => `The picture ${what} is not shown.`,
  missing_image: (what) => `There is no picture ${what}.`,
  dropped_element: (what) => `The element ${what} is not shown as such.`,
  dropped_attribute: (what) => `Attributes are left out: ${what}.`,
  unsafe_link: (what) => `The address ${what} is not one a link may have: there is no link to it.`,
  relative_link: (what) => `The address ${what} depends on the page it stands on: there is no link to it.`,
  shortened_text: (what) => `Part of the text is not shown: ${what}.`,
  dead_link: (what) => `No published page has the address ${what}.`,
  menu_cut: (what) => `The menu of this language shows the first of its ${what} entries.`,
  more_warnings: () => "There are more warnings, from this page on.",
};

export const WARNING_CODES = Object.keys(MESSAGES) as readonly Code[];

/** A warning as the API shows it. Those of deployments before 0013 tell of blocks alone, and have no code. */
export function toWarning(stored: Warning) {
  const { kind = "page", pageId, slug, locale, block, type, code = "unknown_block" } = stored;
  const { path = `blocks[${block}]`, what = type ?? "" } = stored;
  const message = MESSAGES[code as Code](what);
  return { kind, pageId, slug, locale, code, path, what, message, block, type };
}
