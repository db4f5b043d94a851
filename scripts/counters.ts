/** `'pages:' || NEW.status` and `'coupons'`: the names in a statement on `collection_counts`; its scope names none. */
const NAME = /'([a-z][a-z_]*(?::[a-z_]*)?)'/g;

const namesIn = (body: string, statement: RegExp): Set<string> =>
  new Set(
    [...body.matchAll(statement)].flatMap(([text]) => [...text.matchAll(NAME)].map((match) => match[1] as string)),
  );

const RAISES = /INSERT INTO collection_counts.*?;|UPDATE collection_counts SET n = n \+.*?;/gs;
const LOWERS = /UPDATE collection_counts SET n = n -.*?;/gs;

/**
 * The counters that the triggers of these migrations keep, in alphabetical order: those that some trigger raises and
 * another lowers. A name ending in `:` is followed by a value of the row, such as its status.
 */
export function keptCounters(migrations: readonly string[]): string[] {
  const triggers = new Map<string, string>();
  const CHANGE = /CREATE TRIGGER (\w+)(.*?)\bEND;|DROP TRIGGER (?:IF EXISTS )?(\w+);/gs;
  for (const sql of migrations) {
    for (const [, created, body, dropped] of sql.matchAll(CHANGE)) {
      if (created) triggers.set(created, body as string);
      else triggers.delete(dropped as string);
    }
  }
  const bodies = [...triggers.values()];
  const raised = new Set(bodies.flatMap((body) => [...namesIn(body, RAISES)]));
  const lowered = new Set(bodies.flatMap((body) => [...namesIn(body, LOWERS)]));
  return [...raised].filter((name) => lowered.has(name)).sort();
}

/** `src/core/storage/counters.generated.ts`, as these migrations make it. */
export const countersFile = (
  migrations: readonly string[],
): string => `// Written by \`npm run generate\` from the triggers in migrations/. Not to be edited.

/** The counters that triggers keep. A name ending in \`:\` is followed by a value of the row, such as its status. */
export const KEPT_COUNTERS: readonly string[] = [
${keptCounters(migrations)
  .map((name) => `  ${JSON.stringify(name)},`)
  .join("\n")}
];
`;
