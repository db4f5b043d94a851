import type { LivePage } from "./page.ts";
import { SECTIONS } from "./sections.ts";

/** A page, and what stands in its path for the `*`. */
export interface Match {
  page: LivePage;
  name: string;
}

/** What stands for the `*` of a declared path in another; `null` where they are not alike. */
function nameIn(declared: readonly string[], segments: readonly string[]): string | null {
  if (declared.length !== segments.length) return null;
  let name = "";
  for (const [index, segment] of segments.entries()) {
    if (declared[index] === "*" && segment !== "") name = segment;
    else if (declared[index] !== segment) return null;
  }
  return name;
}

/** The page at a path below a language; `null` for the paths of documents. What is named word for word goes first. */
export function pageAt(slug: string): Match | null {
  const [first = "", ...rest] = slug.split("/");
  const section = Object.hasOwn(SECTIONS, first) ? SECTIONS[first] : undefined;
  if (!section) return null;
  const exact = Object.hasOwn(section.pages, rest.join("/")) ? section.pages[rest.join("/")] : undefined;
  if (exact && !rest.includes("*")) return { page: exact, name: "" };
  for (const [path, page] of Object.entries(section.pages)) {
    const name = path.includes("*") ? nameIn(path.split("/"), rest) : null;
    if (name !== null) return { page, name };
  }
  return null;
}

/** Whether a path below a language is where a section begins: there, a document of its owner's goes first. */
export const isRoot = (slug: string): boolean => Object.hasOwn(SECTIONS, slug);

const bare = (path: string) => path.replace(/\/$/, "");

/** The page at a path below a site whose languages are not known yet: what comes before a section may be one. */
export const possiblePage = (path: string): Match | null =>
  pageAt(bare(path)) ?? pageAt(bare(path.split("/").slice(1).join("/")));
