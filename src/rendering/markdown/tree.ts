import type { ElementContent, Root } from "hast";
import { type Child, childrenOf, type ElementNode, type Parent, parseHtml } from "../text/html-tree.ts";

/** Attributes that Markdown has a use for, by the names the tree has for them. */
const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ...["href", "src", "alt", "title", "start"].map((name) => [name, name] as const),
  ["colspan", "colSpan"],
  ["rowspan", "rowSpan"],
]);

const textOf = (value: string): ElementContent => ({ type: "text", value });

const elementOf = (
  tagName: string,
  children: ElementContent[],
  properties: Record<string, string> = {},
): ElementContent => ({ type: "element", tagName, properties, children });

const propertiesOf = ({ attributes }: ElementNode): Record<string, string> =>
  Object.fromEntries(
    attributes.flatMap(({ name, value }) => {
      const property = PROPERTIES.get(name);
      return property === undefined ? [] : [[property, value]];
    }),
  );

const isHidden = ({ attributes }: ElementNode): boolean =>
  attributes.some(({ name }) => name === "aria-hidden" || name === "hidden");

const childElements = (parent: Parent): ElementNode[] =>
  [...childrenOf(parent)].filter((it): it is ElementNode => it.kind === "element");

/** A line of a list with a value at its end. */
function rowOf(row: ElementNode): ElementContent {
  const [name, value] = ["dt", "dd"].map((it) => childElements(row).filter(({ name }) => name === it));
  const inline = (elements: ElementNode[] = []) => elements.flatMap((it) => contentOf(it));
  return elementOf("li", [elementOf("strong", inline(name)), textOf(" – "), ...inline(value)]);
}

/** What stands in small letters behind a name, with no space between in HTML. */
const NAMES: ReadonlySet<string> = new Set(["dt", "figcaption"]);

function nodeOf(child: Child, parent: Parent): ElementContent[] {
  if (child.kind === "text") return [textOf(child.text)];
  if (isHidden(child)) return [];
  const { name } = child;
  if (name === "dl" && childElements(child).every((it) => it.name === "div"))
    return [elementOf("ul", childElements(child).map(rowOf))];
  const content = contentOf(child);
  if (name === "small" && parent.kind === "element" && NAMES.has(parent.name))
    return [textOf(" ("), ...content, textOf(")")];
  // Markdown has nothing that opens.
  return [elementOf(name === "summary" ? "h3" : name, content, propertiesOf(child))];
}

const contentOf = (parent: Parent): ElementContent[] => [...childrenOf(parent)].flatMap((it) => nodeOf(it, parent));

/** HTML of ours as the tree that `hast-util-to-mdast` reads, with what only a browser has a use for put in words. */
export const treeOf = (html: string): Root => ({ type: "root", children: contentOf(parseHtml(html).root) });
