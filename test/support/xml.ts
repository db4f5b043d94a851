/** An element of a document, with its text and that of what it holds. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const TOKEN =
  /<\?xml version="1\.0" encoding="UTF-8"\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

function textOf(raw: string): string {
  if (raw.includes("]]>")) throw new Error(`"]]>" in ${raw}`);
  return raw.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const found = name.endsWith(";") ? ENTITIES[name.slice(0, -1)] : undefined;
    if (found === undefined) throw new Error(`an unknown reference: ${whole}`);
    return found;
  });
}

/** The root of a document; throws where it is not well-formed (of XML only what feeds and sitemaps need). */
export function parseXml(document: string): XmlElement {
  const illegal = NOT_XML.exec(document);
  if (illegal) throw new Error(`a character no document may hold at ${illegal.index}`);
  const top: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(document);
    if (!match) throw new Error(`not well-formed at ${at}: ${document.slice(at, at + 80)}`);
    const [, closed, name, attributes = "", isEmpty, text] = match;
    const parent = open.at(-1) as XmlElement;
    if (text !== undefined) for (const it of open) it.text += textOf(text);
    else if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes another element at ${at}`);
    } else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map((it) => [it[1], textOf(it[2] as string)]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [], text: "" };
      parent.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error("not one element that is closed");
  return top.children[0] as XmlElement;
}

export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((it) => it.name === name);
