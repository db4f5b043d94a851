/** A template literal: its text, with `?` for what is put in. */
interface Template {
  text: string;
  /** Where it ends in the source. */
  end: number;
}

/** The end of an expression within a template: the brace that closes it. */
function endOfExpression(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at += 1) {
    const char = source[at];
    if (char === "`") at = templateAt(source, at + 1).end;
    else if (char === '"' || char === "'") at = source.indexOf(char, at + 1);
    else if (char === "{") depth += 1;
    else if (char === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error("A template is not closed");
}

/** The template whose text begins at `start`, behind its backtick. */
function templateAt(source: string, start: number): Template {
  let text = "";
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === "`") return { text, end: at };
    if (source.startsWith("${", at)) {
      at = endOfExpression(source, at + 2);
      text += "?";
    } else {
      if (source[at] === "\\") at += 1;
      text += source[at];
    }
  }
  throw new Error("A template is not closed");
}

/** Text without its comments, for scanning: what a comment quotes is not code. */
export const withoutComments = (source: string): string =>
  source.replace(/^[ \t]*(?:\/\/.*|\/\*[\s\S]*?\*\/[ \t]*)$/gm, "");

/** The texts of all `sql` templates of a source, those within others too, and what `sql.raw` is given as text. */
export function sqlOf(source: string): string[] {
  const tagged = [...source.matchAll(/\bsql(?:<[^`;]*?>)?`/g)].map(
    ({ 0: head, index }) => templateAt(source, index + head.length).text,
  );
  const raw = [...source.matchAll(/\bsql\.raw\(\s*(["'`])/g)].map(({ 0: head, index, 1: quote }) => {
    const start = index + head.length;
    if (quote === "`") return templateAt(source, start).text;
    return source.slice(start, source.indexOf(quote as string, start));
  });
  return [...tagged, ...raw];
}
