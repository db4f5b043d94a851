import { loadWorkerModule } from "./bundle.ts";
import { keptCounters } from "./counters.ts";

/** What a resource's list is counted by: its table, and a column of it where the items have a state. */
interface Counted {
  table: string;
  column: string | null;
}

/** Lists do not load without their counters, which are what is to be made: here all of them count as kept. */
const ALL_KEPT = {
  filter: /counters\.generated\.ts$/,
  contents: "export const KEPT_COUNTERS = { includes: () => true };",
};

/** The counters of all declared resources that no trigger of these migrations keeps. */
export async function missingCounters(migrations: readonly string[]): Promise<Counted[]> {
  const { countedLists } = await loadWorkerModule<{ countedLists(): Counted[] }>("src/content/counted-lists.ts", [
    ALL_KEPT,
  ]);
  const kept = keptCounters(migrations);
  return countedLists().filter(({ table, column }) => !kept.includes(column ? `${table}:` : table));
}

const STATEMENT_BREAK = "\n--> statement-breakpoint\n";

/** The triggers that count a site's items in `collection_counts`, by the value of `column` where there is one. */
export function countingTriggers({ table, column }: Counted): string {
  const name = (row: "NEW" | "OLD") => (column ? `'${table}:' || ${row}.${column}` : `'${table}'`);
  const add = `  INSERT INTO collection_counts VALUES (NEW.site_id, ${name("NEW")}, 1) ON CONFLICT DO UPDATE SET n = n + 1;`;
  const take = `  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = ${name("OLD")};`;
  const triggers = [
    `CREATE TRIGGER ${table}_counted_insert AFTER INSERT ON ${table} BEGIN\n${add}\nEND;`,
    `CREATE TRIGGER ${table}_counted_delete AFTER DELETE ON ${table} BEGIN\n${take}\nEND;`,
  ];
  if (column) {
    const isMoved = `AFTER UPDATE OF ${column} ON ${table} WHEN OLD.${column} <> NEW.${column}`;
    triggers.push(`CREATE TRIGGER ${table}_counted_${column} ${isMoved} BEGIN\n${take}\n${add}\nEND;`);
  }
  return triggers.join(STATEMENT_BREAK);
}

export const joined = (statements: readonly string[]): string => statements.join(STATEMENT_BREAK);
