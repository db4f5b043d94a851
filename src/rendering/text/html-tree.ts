import { html as names, parseFragment, type Token, type TreeAdapter, type TreeAdapterTypeMap } from "parse5";

interface Linked {
  parent: Parent | null;
  previous: Child | null;
  next: Child | null;
}

/** Children are linked, so that none of what the parser does with many of them takes time for each. */
interface Holder {
  first: Child | null;
  last: Child | null;
}

export interface TextNode extends Linked {
  kind: "text";
  text: string;
}

export interface ElementNode extends Linked, Holder {
  kind: "element";
  name: string;
  /** Of SVG or MathML. */
  isForeign: boolean;
  attributes: Token.Attribute[];
  namespace: names.NS;
}

/** A document, the content of a fragment or of a template. */
export interface RootNode extends Holder {
  kind: "root";
}

export type Child = TextNode | ElementNode;
export type Parent = ElementNode | RootNode;
type Node = Child | RootNode;

type Tree = TreeAdapterTypeMap<
  Node,
  Parent,
  Child,
  RootNode,
  RootNode,
  ElementNode,
  Child,
  TextNode,
  ElementNode,
  Child
>;

const unlinked = { parent: null, previous: null, next: null };
const childless = { first: null, last: null };
const textNode = (text: string): TextNode => ({ kind: "text", text, ...unlinked });
const rootNode = (): RootNode => ({ kind: "root", ...childless });

/** Puts a child before another, or at the end. */
function insert(parent: Parent, child: Child, next: Child | null): void {
  detach(child);
  child.parent = parent;
  child.next = next;
  child.previous = next ? next.previous : parent.last;
  if (child.previous) child.previous.next = child;
  else parent.first = child;
  if (next) next.previous = child;
  else parent.last = child;
}

function detach(child: Child): void {
  const { parent, previous, next } = child;
  if (!parent) return;
  if (previous) previous.next = next;
  else parent.first = next;
  if (next) next.previous = previous;
  else parent.last = previous;
  Object.assign(child, unlinked);
}

function insertText(parent: Parent, text: string, next: Child | null): void {
  const before = next ? next.previous : parent.last;
  if (before?.kind === "text") before.text += text;
  else insert(parent, textNode(text), next);
}

export function* childrenOf(parent: Parent): Generator<Child> {
  for (let child = parent.first; child; child = child.next) yield child;
}

/** Elements that may be open at once; browsers themselves stop at 512. */
const MAX_OPEN = 1_024;

/** Text that grows out of all proportion, or nests without end, when its tags are put in order. */
class Excessive extends Error {}

/**
 * What parse5 builds, without comments. Text made to be expensive (links that are open in thousands of paragraphs are
 * repeated in each) ends where its budget does.
 */
function adapterFor(source: string, begin: (root: ElementNode) => void): TreeAdapter<Tree> {
  let budget = 2 * source.length + 10_000;
  let open = 0;
  const mode = { value: names.DOCUMENT_MODE.NO_QUIRKS };
  return {
    createDocument: rootNode,
    createDocumentFragment: rootNode,
    createElement(name, namespace, attributes) {
      budget -= attributes.reduce((sum, it) => sum + it.name.length + it.value.length, name.length);
      if (budget < 0) throw new Excessive();
      const isForeign = namespace !== names.NS.HTML;
      return { kind: "element", name, namespace, isForeign, attributes, ...unlinked, ...childless };
    },
    createCommentNode: () => textNode(""),
    createTextNode: textNode,
    appendChild: (parent, child) => insert(parent, child, null),
    insertBefore: insert,
    insertText: (parent, text) => insertText(parent, text, null),
    insertTextBefore: insertText,
    detachNode: detach,
    // What a template holds is shown nowhere.
    setTemplateContent: () => {},
    getTemplateContent: rootNode,
    adoptAttributes: () => {},
    onItemPush(element) {
      if (open === 0) begin(element);
      open += 1;
      if (open > MAX_OPEN) throw new Excessive();
    },
    onItemPop() {
      open -= 1;
    },
    getFirstChild: (parent) => parent.first,
    getChildNodes: (parent) => [...childrenOf(parent)],
    getParentNode: (node) => (node.kind === "root" ? null : node.parent),
    getAttrList: (element) => element.attributes,
    getTagName: (element) => element.name,
    getNamespaceURI: (element) => element.namespace,
    getTextNodeContent: (node) => node.text,
    getCommentNodeContent: () => "",
    getDocumentTypeNodeName: () => "",
    getDocumentTypeNodePublicId: () => "",
    getDocumentTypeNodeSystemId: () => "",
    isTextNode: (node): node is TextNode => node.kind === "text",
    isCommentNode: (_node): _node is Child => false,
    isDocumentTypeNode: (_node): _node is Child => false,
    isElementNode: (node): node is ElementNode => node.kind === "element",
    setDocumentType: () => {},
    setDocumentMode: (_document, value) => {
      mode.value = value;
    },
    getDocumentMode: () => mode.value,
    getNodeSourceCodeLocation: () => null,
    setNodeSourceCodeLocation: () => {},
    updateNodeSourceCodeLocation: () => {},
  };
}

/** The tree a browser makes of HTML that stands within a `div`; `isWhole` is false where it was given up on the way. */
export function parseHtml(source: string): { root: Parent; isWhole: boolean } {
  let begun: Parent = rootNode();
  const treeAdapter = adapterFor(source, (root) => {
    begun = root;
  });
  const context = treeAdapter.createElement("div", names.NS.HTML, []);
  try {
    return { root: parseFragment<Tree>(context, source, { treeAdapter }), isWhole: true };
  } catch (error) {
    if (!(error instanceof Excessive)) throw error;
    return { root: begun, isWhole: false };
  }
}
