/** What stands at the end of the address of a page's Markdown. */
const ENDING = ".md";
const INDEX = "index";

/** Where the Markdown of a page is, by the page's own address: `…/about.md`, and `…/index.md` where that ends in a slash. */
export const markdownAddress = (address: string): string =>
  address.endsWith("/") || address.endsWith(`/${INDEX}`)
    ? `${address.replace(/\/$/, "")}/${INDEX}${ENDING}`
    : `${address}${ENDING}`;

/** The path of the page whose Markdown a path names; `null` for every other path. */
export function pageOfMarkdown(path: string): string | null {
  if (!path.endsWith(ENDING)) return null;
  const page = path.slice(0, -ENDING.length);
  return page === INDEX || page.endsWith(`/${INDEX}`) ? page.slice(0, -INDEX.length) : page;
}
