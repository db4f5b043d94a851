import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Right, RightMethod } from "../../src/core/keys/rights.ts";
import { SCOPES } from "../../src/core/keys/scopes.ts";
import { type Answer, call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { OPERATIONS, type Operation } from "../support/registry.ts";
import { expectError } from "./wire.ts";
import { freshAddress, makeTenant, otherTenants, type Tenant, UNKNOWN_IDS, validCall } from "./world.ts";

const clock = new TestClock();
const KEYED = OPERATIONS.filter(({ endpoint }) => endpoint.scope !== "public");
/** How many other operations each operation's right is tried on: those after it, so that all of them are met in turn. */
const OTHERS = 20;
let tenant: Tenant;
/** Workspaces with keys and nothing else: each may have a thousand. */
let empty: Workspace;
let ruled: Workspace;
let bounded: Workspace;
let trial: { headers: Record<string, string> };

beforeAll(async () => {
  tenant = await makeTenant(clock);
  [empty, ruled, bounded] = await Promise.all([makeWorkspace(clock), makeWorkspace(clock), makeWorkspace(clock)]);
  const workspace = await makeWorkspace(clock);
  trial = await workspace.key();
  const end = "UPDATE workspaces SET tier = 'trial', version = version + 1 WHERE id = ?";
  await env.DB.prepare(end).bind(workspace.id).run();
});

beforeEach(() => clock.advance(1_000));

const attempt = (operation: Operation, headers: Record<string, string>, ids = UNKNOWN_IDS) => {
  const { headers: needed, method, path, body } = validCall(operation, ids);
  return call(method, path, { body, headers: { ...needed, ...headers } });
};

type Settings = Parameters<Workspace["key"]>[0];
const made = new Map<string, ReturnType<Workspace["key"]>>();
/** One key of a workspace for all calls that ask for the same settings: none of them changes the key it is made with. */
function keyOf(workspace: Workspace, settings: Settings): ReturnType<Workspace["key"]> {
  const name = JSON.stringify([workspace.id, settings]);
  const key = made.get(name) ?? workspace.key(settings);
  made.set(name, key);
  return key;
}

describe.each(KEYED.filter(({ endpoint }) => endpoint.scope !== null))("$title and scopes", (operation) => {
  const scope = operation.endpoint.scope as (typeof SCOPES)[number];
  const surface = operation.surface.name;

  it(`${operation.title} refuses a key with every scope but ${scope}, and names the one it needs`, async () => {
    const scopes = SCOPES.filter((it) => it !== scope);
    const { headers } = await keyOf(empty, { scopes });
    const answer = await attempt(operation, headers);
    expectError(surface, answer, "forbidden");
    if (surface === "content") {
      expect(answer.body.error.message).toBe(`API key does not have scope: ${scope}`);
      expect(answer.body.error.details).toMatchObject({ requiredScope: scope, grantedScopes: scopes });
    }
    if (surface === "platform") {
      expect(answer.body.message).toBe(`Insufficient permissions. Required scope: ${scope}`);
    }
  });

  it(`${operation.title} lets a key in that has ${scope} and nothing else`, async () => {
    const { headers } = await keyOf(empty, { scopes: [scope] });
    const answer = await attempt(operation, headers);
    expect(answer.status, answer.text).not.toBe(401);
    expect(answer.text).not.toContain(`scope: ${scope}`);
  });
});

/** What the tool and the resource of the examples stand for, whose right they need besides their own. */
const BEHIND: Record<string, Right[]> = {
  "/api/v1/mcp/tools/call": [{ endpoint: "/v1/sites", methods: ["GET"] }],
  "/api/v1/mcp/resources/{uri}": [{ endpoint: "/v1/sites/{siteId}/pages/{pageId}", methods: ["GET"] }],
};

describe.each(KEYED.filter(({ endpoint }) => !endpoint.anyKey))("$title and the rights table", (operation) => {
  const columnOf = (method: string): RightMethod => (method === "PUT" ? "PATCH" : (method as RightMethod));
  const allows = (right: Right, other: Operation): boolean =>
    right.endpoint === other.route && right.methods.includes(columnOf(other.method));

  it(`${operation.title} passes with only its own right, which opens nothing else`, async () => {
    const own = { endpoint: operation.route, methods: [columnOf(operation.method)] };
    const rights = [own, ...(BEHIND[operation.route] ?? [])];
    const { headers } = await ruled.key({ rights, accountAccess: true, accessType: "transactional" });
    const position = KEYED.indexOf(operation);
    const others = [...KEYED.slice(position), ...KEYED.slice(0, position)].slice(0, OTHERS);
    clock.advance(OTHERS * 100);
    // They are refused without regard to one another.
    const answers = await Promise.all(others.map((other) => attempt(other, headers)));
    for (const [nth, answer] of answers.entries()) {
      const other = others[nth] as Operation;
      if (other.endpoint.anyKey || rights.some((right) => allows(right, other)))
        expect([401, 403], answer.text).not.toContain(answer.status);
      else expectError(other.surface.name, answer, "forbidden");
    }
  });

  it(`${operation.title} needs the scope as well when a key has both, and the right as well`, async () => {
    const right = { endpoint: operation.route, methods: [columnOf(operation.method)] };
    const { scope } = operation.endpoint;
    const scopeless = { rights: [right], scopes: SCOPES.filter((it) => it !== scope) };
    const rightless = { rights: [], scopes: ["*"] };
    const refuses = async (settings: Settings) => {
      const { headers } = await keyOf(ruled, settings);
      expectError(operation.surface.name, await attempt(operation, headers), "forbidden");
    };
    await Promise.all([scope !== null && refuses(scopeless), refuses(rightless)]);
  });
});

describe.each(KEYED)("$title and the key's bounds", (operation) => {
  it(`${operation.title} refuses a call from an address the key does not allow, and takes one from an address it does`, async () => {
    const { headers } = await keyOf(bounded, {
      allowedIps: ["198.51.100.0/24", "2001:db8::/32"],
      accountAccess: true,
      // Open to everything that a key can do.
      accessType: "transactional",
    });
    const from = (address: string) => attempt(operation, { ...headers, "CF-Connecting-IP": address });
    const refused = await Promise.all([freshAddress(), "2001:db9::1", "not an address"].map(from));
    for (const answer of refused) expectError(operation.surface.name, answer, "forbidden");
    for (const address of ["198.51.100.7", "::ffff:198.51.100.7", "2001:db8::1"]) {
      const answer = await from(address);
      expect([401, 403], answer.text).not.toContain(answer.status);
    }
  });

  it(`${operation.title} refuses a workspace in its trial, with the address to upgrade at`, async () => {
    const answer = await attempt(operation, trial.headers);
    expectError(operation.surface.name, answer, "feature_limit_reached");
    expect(answer.text).toContain(env.UPGRADE_URL);
  });
});

describe.each(KEYED.filter(({ params }) => params.includes("siteId")))("$title and sites", (operation) => {
  const surface = operation.surface.name;

  it(`${operation.title} answers a key limited to other sites 403 for a site of its workspace and 404 for any other id`, async () => {
    const { allowed, foreign } = await otherTenants(clock, tenant);
    const { headers } = await keyOf(tenant.workspace, {
      siteIds: [allowed.siteId as string],
      // May all that others may, and send messages besides.
      accessType: "transactional",
    });
    const refused = await Promise.all(
      [tenant.ids, foreign.ids, UNKNOWN_IDS].map((ids) => attempt(operation, headers, ids)),
    );
    for (const [nth, cause] of (["forbidden", "not_found", "not_found"] as const).entries())
      expectError(surface, refused[nth] as Answer, cause);
    expect([401, 403]).not.toContain((await attempt(operation, headers, allowed)).status);
  });
});
