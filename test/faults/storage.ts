import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

async function tables(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>();
  return results.map(({ name }) => name);
}

/** Rows of every table of the database. */
export async function rowsStored(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of await tables()) {
    counts[name] = (await env.DB.prepare(`SELECT count(*) AS n FROM "${name}"`).first<number>("n")) ?? 0;
  }
  return counts;
}

/** Every value in the database, as text. */
export async function databaseText(): Promise<string> {
  const texts: string[] = [];
  for (const name of await tables()) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
    texts.push(JSON.stringify(results));
  }
  return texts.join("\n");
}

/** Every name and value in KV, as text. */
export async function keyValueText(): Promise<string> {
  const { keys } = await env.KEY_INDEX.list();
  const values = await Promise.all(keys.map(({ name }) => env.KEY_INDEX.get(name)));
  return JSON.stringify([keys, values]);
}

/** What the objects of a namespace have stored, or some of them, each as text; nothing for those that stored nothing. */
export async function storedInObjects<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  names?: readonly string[],
): Promise<string[]> {
  const stored: string[] = [];
  const ids = names?.map((name) => namespace.idFromName(name)) ?? (await listDurableObjectIds(namespace));
  for (const id of ids) {
    await runInDurableObject(namespace.get(id) as never, async (_: never, { storage }: DurableObjectState) => {
      const entries = [...(await storage.list())];
      const own = storage.sql
        .exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
        .toArray();
      const rows = own.map(({ name }) => storage.sql.exec(`SELECT * FROM "${name}"`).toArray());
      if (entries.length > 0 || rows.length > 0) stored.push(JSON.stringify([entries, rows]));
    });
  }
  return stored;
}
