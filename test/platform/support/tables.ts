/** Every table of the product, shadow tables of the search index left out. */
export async function tablesOf(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%\\_search%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'd1\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all<{ name: string }>();
  return results.map(({ name }) => name);
}

/** Every row of every table as text, to look for what must not be there. */
export async function dump(db: D1Database): Promise<string> {
  const tables = await tablesOf(db);
  const answers = await db.batch(tables.map((name) => db.prepare(`SELECT * FROM ${name}`)));
  return JSON.stringify(answers.map(({ results }, index) => [tables[index], results]));
}
