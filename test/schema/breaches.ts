import { sqlOf, withoutComments } from "./templates.ts";

/** What the schema calls its tables and columns. */
export interface Names {
  tables: ReadonlySet<string>;
  columns: ReadonlySet<string>;
}

/** What a JSON array is read through: `json_each(…) one`, and of that `one.key` and `one.value`. */
const EACH = /\bjson_each\s*\([^()]*\)\s+(?:AS\s+)?(\w+)/gi;

/** SQL without what cannot be a name of the schema: text in quotes, names given to results, and functions. */
const bare = (sql: string): string => sql.replace(/'(?:[^']|'')*'|\bAS\s+\w+|\b\w+(?=\()/gi, "");

/** Words a template of `file` may use though a column is called so: those of `json_each`. */
function wordsOfEach(source: string, sql: string): Set<string> {
  const aliases = [...source.matchAll(EACH)].map(([, alias]) => alias as string);
  const words = new Set(aliases.flatMap((alias) => [`${alias}.key`, `${alias}.value`]));
  if (/\bjson_each\b|\bvalue\s*->/i.test(sql) || /^\s*(?:CAST\()?value\b/.test(sql)) words.add("value");
  return words;
}

function breachesOfSql(file: string, source: string, { tables, columns }: Names): string[] {
  return sqlOf(source).flatMap((sql) => {
    const allowed = wordsOfEach(source.replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, "?"), sql);
    const words = [...bare(sql).matchAll(/\w+(?:\.\w+)?/g)].map(([word]) => word).filter((word) => !allowed.has(word));
    return words
      .flatMap((word) => word.split("."))
      .filter((word) => tables.has(word) || columns.has(word))
      .map((word) => `${file}: SQL names ${word} itself`);
  });
}

/** Statements as plain text, in whatever string. */
function breachesOfText(file: string, source: string, { tables }: Names): string[] {
  const statements = /\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)/g;
  return [...source.matchAll(statements)]
    .filter(([, table]) => tables.has(table as string))
    .map(([found]) => `${file}: a text says ${found}`);
}

/** Rules about other things than names, each with the one file that may do it. */
const RULES: readonly { pattern: RegExp; only: string; because: string }[] = [
  {
    pattern: /\.DB\b|\{[^{}]*\bDB\b[^{}]*\} = /,
    only: "core/storage/database.ts",
    because: "databaseOf is the only way to a database",
  },
  {
    pattern:
      /\b(?:\w*[iI]d|newId\([^()]*\)|String\(\w*[iI]d\))\.(?:slice|substring|substr|split|at|charAt)\(|\bsubstr\(/,
    only: "core/ids.ts",
    because: "ids are taken apart where they are made",
  },
  { pattern: /\bonDuplicate\(\s*["'`]/, only: "", because: "a UNIQUE index is told by its columns" },
];

/** Everything in a file below `src` that would go on compiling when the schema changes, in words. */
export function breachesOf(file: string, text: string, names: Names): string[] {
  const source = withoutComments(text);
  const others = RULES.filter(({ pattern, only }) => file !== only && pattern.test(source));
  return [
    ...breachesOfSql(file, source, names),
    ...breachesOfText(file, source, names),
    ...others.map(({ pattern, because }) => `${file}: ${pattern.exec(source)?.[0]}: ${because}`),
  ];
}
