import { env } from "cloudflare:workers";

const SITES = "(SELECT id FROM sites WHERE workspace_id = ?1)";
const WEBHOOKS = "(SELECT id FROM webhook_endpoints WHERE workspace_id = ?1)";
const DEPLOYMENTS = "(SELECT id FROM deployments WHERE workspace_id = ?1)";
const KEYS = "(SELECT id FROM api_keys WHERE workspace_id = ?1)";

/** Where a table's rows say by something else whose they are; all others name the workspace. */
const OWNED_BY: Record<string, string> = {
  workspaces: "id = ?1",
  frozen_pages: `site_id IN ${SITES}`,
  webhook_deliveries: `endpoint_id IN ${WEBHOOKS}`,
  renders: `deployment_id IN ${DEPLOYMENTS}`,
  idempotency_records: `key_id IN ${KEYS}`,
};

/** Tables of nobody in particular. */
const OF_ALL =
  /^(_cf|sqlite_|d1_|pages_search|health_checks$|accounts$|commit_guards$|collection_counts$|analytics_salts$|discarded_objects$|foldings$)/;

/** What the use of a key leaves comes when the use is over, up to a minute late: it says nothing of the call before. */
const IS_LATE = "key_usage";
const LATE_COLUMNS = new Set(["last_used_at", "last_used_ip", "last_used_user_agent", "used_scopes"]);

let reads: Promise<string[]> | undefined;
/** A query for each table with rows of a workspace. A new table that does not name it needs an entry above. */
async function readsOfAll(): Promise<string[]> {
  const tables = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name";
  const { results } = await env.DB.prepare(tables).all<{ name: string; sql: string }>();
  return results
    .filter(({ name }) => !OF_ALL.test(name) && name !== IS_LATE)
    .map(({ name, sql }) => {
      const owned = sql.includes("workspace_id") ? "workspace_id = ?1" : OWNED_BY[name];
      if (!owned) throw new Error(`${name}: say in test/security/rows.ts whose its rows are`);
      return `SELECT '${name}' AS "table", * FROM ${name} WHERE ${owned}`;
    });
}

/** Every row that a workspace has in the database, as text. */
export async function rowsOfWorkspace(id: number): Promise<string[]> {
  reads ??= readsOfAll();
  const results = await env.DB.batch((await reads).map((sql) => env.DB.prepare(sql).bind(id)));
  const kept = (name: string, value: unknown) => (LATE_COLUMNS.has(name) ? undefined : value);
  return results.flatMap((table) => table.results.map((row) => JSON.stringify(row, kept)));
}
