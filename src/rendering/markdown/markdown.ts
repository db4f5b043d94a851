import type { RootContent } from "mdast";
import { treeOf } from "./tree.ts";

/** Changes whenever documents are written in another way, so that nobody keeps what was written in the former. */
export const WRITING = 1;

const OPTIONS = { bullet: "-", rule: "-" } as const;

/** The libraries, loaded by the first who asks for Markdown. */
async function load() {
  const [{ toMdast }, { toMarkdown }, { gfmToMarkdown }] = await Promise.all([
    import("hast-util-to-mdast"),
    import("mdast-util-to-markdown"),
    import("mdast-util-gfm"),
  ]);
  return { toMdast, toMarkdown, extensions: [gfmToMarkdown()] };
}

/** HTML of ours as Markdown (CommonMark with GFM's tables); what looks like markup in its texts stays text. */
export async function markdownOf(html: string): Promise<string> {
  const { toMdast, toMarkdown, extensions } = await load();
  return toMarkdown(toMdast(treeOf(html)), { ...OPTIONS, extensions });
}

/** A document of Markdown from its parts. */
export async function writeMarkdown(children: RootContent[]): Promise<string> {
  const { toMarkdown, extensions } = await load();
  return toMarkdown({ type: "root", children }, { ...OPTIONS, extensions });
}

/** What is known of a document, in the form that stands before its text. Of JSON every value is one of YAML, too. */
export function frontMatter(fields: Record<string, string | string[] | null>): string {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null || value.length === 0 ? [] : [`${name}: ${JSON.stringify(value)}`],
  );
  return `---\n${lines.join("\n")}\n---\n`;
}
