import { getTableName } from "drizzle-orm";
import { previews } from "./previews/table.ts";
import { SITE_RESOURCES } from "./resources.ts";

/** What the lists below a site are counted by; `npm run migration` makes the triggers that are missing. */
export const countedLists = (): { table: string; column: string | null }[] => [
  ...SITE_RESOURCES.map(({ table, list }) => ({ table: getTableName(table), column: list.state?.column.name ?? null })),
  { table: getTableName(previews), column: null },
];
