/** The folders of the repository that prose and comments name paths in. */
const PATH = /(?<![\w./@-])(?:src|test(?!\/\d)|docs|scripts|migrations|bench|\.ci)\/[^\s`'"()[\],;:|]*/g;
/** Files of `src` as prose names them for short: `core/http/pipeline.ts`. */
const SHORT_PATH = /`((?:core|content|platform|delivery|visitors|webhooks|rendering|analytics|mcp)\/[\w./-]+\.ts)`/g;
/** A name that stands for many: `src/content/{noun}/table.ts`, `migrations/NNNN_name.sql`. */
const PLACEHOLDER = /[*{}<>…$]|NNNN|\.\.\./;
const LINK = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const COMMAND = /npm run ([\w:-]+)/g;
const SECTION = /(docs\/[\w/.-]+\.md) §(\d+)/g;
const NUMBERED = /\bdocuments? (00\d(?:(?:, | and |, and )00\d)*)/g;

/** A document cited by a name that says nothing of where it lies. */
const BARE = /\b(?:CONTRACT|DESIGN|PLATFORM)\b(?= §|[,:)])/g;

const PUBLISHED = "docs/published/README.md";

export interface Repository {
  /** Its texts by path. */
  texts: ReadonlyMap<string, string>;
  /** Whether there is a file or folder of this path. */
  has(path: string): boolean;
  /** The names of package.json's scripts. */
  commands: readonly string[];
}

/** A relative link of a document, from the root of the repository. */
function resolve(document: string, link: string): string {
  const parts = document.split("/").slice(0, -1);
  for (const part of link.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

const all = (text: string, pattern: RegExp, group = 1): string[] =>
  [...text.matchAll(pattern)].map((match) => match[group] as string);

/** What a text names that is not there: files, sections of documents, published documents. */
function missingFor({ texts, has }: Repository, text: string): string[] {
  const paths = all(text, PATH, 0)
    .map((it) => it.replace(/[.!?—-]+$/, ""))
    .filter((it) => !PLACEHOLDER.test(it) && !has(it.replace(/\/$/, "")));
  const sections = [...text.matchAll(SECTION)]
    .filter(([, path = "", number]) => !new RegExp(`^## ${number}\\.? `, "m").test(texts.get(path) ?? ""))
    .map(([cited]) => cited);
  const published = all(text, NUMBERED)
    .flatMap((numbers) => numbers.match(/00\d/g) ?? [])
    .filter((number) => !new RegExp(`^## ${number}$`, "m").test(texts.get(PUBLISHED) ?? ""))
    .map((number) => `document ${number}`);
  return [...paths, ...sections, ...published, ...all(text, BARE, 0)];
}

function missingForProse(repository: Repository, document: string, text: string): string[] {
  const { has, commands } = repository;
  const links = all(text, LINK).filter((link) => !/^[a-z]+:/.test(link) && !has(resolve(document, link)));
  const short = all(text, SHORT_PATH).filter((path) => !has(`src/${path}`));
  const unknown = all(text, COMMAND).filter((name) => !commands.includes(name));
  return [...links, ...short, ...unknown.map((name) => `npm run ${name}`)];
}

/** Files that a guide gives the text of: a block of code that begins with its path. */
const GIVEN = /^```\w+ (\S+)$/gm;

/** Every mention of something that neither the repository holds nor a guide gives, as `file: what`. */
export function faultsOf(whole: Repository): string[] {
  const given = [...whole.texts.values()].flatMap((text) => all(text, GIVEN));
  const has = (path: string) => whole.has(path) || given.some((it) => it === path || it.startsWith(`${path}/`));
  const repository = { ...whole, has };
  return [...repository.texts].flatMap(([path, text]) => {
    const missing = missingFor(repository, text);
    if (path.endsWith(".md")) missing.push(...missingForProse(repository, path, text));
    return [...new Set(missing)].map((what) => `${path}: ${what}`);
  });
}
