// Gives a new deployment its first workspace and a key for it; everything after that the API can do itself.
// npm run deploy:workspace -- --name "Acme" --slug acme --tier pro [--owner "Ada Baker" --email ada@acme.example]
//   [--local --persist-to <dir>]
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { generateKey, hashKey, keyPrefix } from "../src/core/keys/key-format.ts";
import { newIntegerId } from "../src/core/ids.ts";
import { planOf, TIERS } from "../src/core/limits/plans.ts";

const { values } = parseArgs({
  options: {
    name: { type: "string" },
    slug: { type: "string" },
    tier: { type: "string", default: "pro" },
    owner: { type: "string" },
    email: { type: "string" },
    brand: { type: "string", default: "optimo" },
    local: { type: "boolean", default: false },
    "persist-to": { type: "string" },
  },
});
const { name, slug, tier, brand, owner, email } = values;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

if (!name) fail('Name the workspace: --name "Acme"');
if (!slug || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug))
  fail("--slug needs lower-case letters, digits and single hyphens");
if (!TIERS.includes(tier) || !planOf(tier).apiAccess) {
  fail(`--tier must be one with API access: ${TIERS.filter((it) => planOf(it).apiAccess).join(", ")}`);
}
if ((owner === undefined) !== (email === undefined))
  fail("--owner and --email name the same person: give both or none");

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function insert(table: string, row: Record<string, string | number>): string {
  const literals = Object.values(row).map((value) => (typeof value === "number" ? String(value) : quoted(value)));
  return `INSERT INTO ${table} (${Object.keys(row).join(", ")}) VALUES (${literals.join(", ")});`;
}

const now = Date.now();
const key = generateKey(brand, "live");
const accountId = newIntegerId(now);
const workspaceId = newIntegerId(now);
const stamps = { version: 1, created_at: now, updated_at: now };
// Parents first: a slug that is taken stops the key from being made.
const statements = [
  insert("accounts", { id: accountId, name, contract_tier: tier, created_at: now }),
  insert("workspaces", { id: workspaceId, account_id: accountId, name, slug, tier, settings: "{}", ...stamps }),
  insert("api_keys", {
    id: newIntegerId(now),
    workspace_id: workspaceId,
    environment: "live",
    name: "First key",
    prefix: keyPrefix(key),
    hash: await hashKey(key),
    scopes: '["*"]',
    account_access: 1,
    // No key makes one that may do more than itself: the first one may do all there is.
    access_type: "transactional",
    is_active: 1,
    ...stamps,
  }),
];
if (owner && email) {
  const member = { name: owner, email: email.toLowerCase(), role: "owner", created_at: now, updated_at: now };
  statements.push(insert("users", { id: newIntegerId(now), workspace_id: workspaceId, ...member }));
}

const place = values.local
  ? ["--local", ...(values["persist-to"] ? ["--persist-to", values["persist-to"]] : [])]
  : ["--remote"];
const run = spawnSync("wrangler", ["d1", "execute", "DB", ...place, "--yes", "--command", statements.join(" ")], {
  stdio: ["inherit", "pipe", "inherit"],
  encoding: "utf8",
});
if (run.status !== 0) fail(`${run.stdout}The workspace was not created.`);
console.log(`Workspace ${name} (${workspaceId}), tier ${tier}. Its key, shown only now:\n\n${key}`);
