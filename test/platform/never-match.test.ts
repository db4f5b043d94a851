import { beforeAll, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let headers: Record<string, string>;
let ids: Record<"own" | "second" | "foreign" | "sandbox", string>;
let keyId: number;

const siteOf = async (as: Record<string, string>, name: string): Promise<string> =>
  (await call("POST", "/v1/sites", { headers: as, body: { name } })).body.data.id;

beforeAll(async () => {
  const workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  ids = {
    own: await siteOf(headers, "Own"),
    second: await siteOf(headers, "Second"),
    foreign: await siteOf((await (await makeWorkspace(clock)).key()).headers, "Foreign"),
    sandbox: await siteOf((await workspace.key({ environment: "sandbox" })).headers, "Sample"),
  };
  keyId = (await workspace.key({ siteIds: [ids.own] })).id;
});

const ITEM = "/api/backend/item";
const right = (endpoint: string, methods: string[], query?: object) => ({ endpoint, methods, ...(query && { query }) });

const refusalOf = async (settings: object) =>
  (await call("POST", "/api/v1/api-keys", { headers, body: { name: "Key", ...settings } })).body.errors;

it("a scope, an attribute and an endpoint that there is not are refused with the call that lists those there are", async () => {
  const lists: [string, object][] = [
    ["/api/v1/endpoints", { scopes: ["pages:fly"] }],
    ["/api/v1/endpoints", { rights: [right("/v1/nothing", ["GET"])] }],
    ["/api/v1/access-types", { attributes: ["birthday"] }],
  ];
  for (const [list, settings] of lists) {
    expect(Object.values<string[]>(await refusalOf(settings)).flat()).toEqual([
      expect.stringMatching(new RegExp(`: see GET ${list}$`)),
    ]);
    expect((await call("GET", list, { headers })).status).toBe(200);
  }
});

/** Settings that can never match, and the field at fault. */
const WRONG: [what: string, field: string, settings: () => object][] = [
  ["an empty list of addresses", "allowed_ips", () => ({ allowed_ips: [] })],
  ["an empty list of scopes", "scopes", () => ({ scopes: [] })],
  ["an empty list of rights", "rights", () => ({ rights: [] })],
  ["an empty list of sites", "site_ids", () => ({ site_ids: [] })],
  ["an empty list of attributes", "attributes", () => ({ attributes: [] })],
  ["an empty list of channels", "channels", () => ({ channels: [] })],
  ["an unknown attribute", "attributes.1", () => ({ attributes: ["email", "birthday"] })],
  ["an unknown channel", "channels.0", () => ({ channels: ["fax"] })],
  ["a site that does not exist", "site_ids.1", () => ({ site_ids: [ids.own, "site_none"] })],
  ["another workspace's site", "site_ids.0", () => ({ site_ids: [ids.foreign] })],
  ["the other environment's site", "site_ids.0", () => ({ site_ids: [ids.sandbox] })],
  ["an unknown endpoint", "rights.0.endpoint", () => ({ rights: [right("/v1/nothing", ["GET"])] })],
  ["another spelling of a path", "rights.0.endpoint", () => ({ rights: [right("/v1/sites/", ["GET"])] })],
  ["another template", "rights.0.endpoint", () => ({ rights: [right("/v1/sites/{id}/pages", ["GET"])] })],
  ["an endpoint without key", "rights.0.endpoint", () => ({ rights: [right("/api/v1/pixel/config", ["GET"])] })],
  ["a method the endpoint has not", "rights.0.methods.1", () => ({ rights: [right("/v1/me", ["GET", "DELETE"])] })],
  ["a method the path has not", "rights.0.methods.0", () => ({ rights: [right("/api/v1/posts/1", ["POST"])] })],
  ["a path that names nothing", "rights.0.endpoint", () => ({ rights: [right("/api/v1/posts/x", ["GET"])] })],
  [
    "a method that no such path has",
    "rights.0.methods.0",
    () => ({ rights: [right("/api/v1/api-keys/import", ["GET"])] }),
  ],
  ["an unknown table", "rights.0.query.table", () => ({ rights: [right(ITEM, ["GET"], { table: "users" })] })],
  ["an unknown parameter", "rights.0.query.tabel", () => ({ rights: [right(ITEM, ["GET"], { tabel: "pages" })] })],
  ["a parameter of nothing", "rights.0.query.x", () => ({ rights: [right("*", ["*"], { x: "1" })] })],
  ...["menu", "settings", "s_orders"].map((table): [string, string, () => object] => [
    `a method that ${table} has not`,
    "rights.0.methods.1",
    () => ({ rights: [right(ITEM, ["PATCH", "DELETE"], { table })] }),
  ]),
  [
    "a method alone that menu has not",
    "rights.0.methods.0",
    () => ({ rights: [right(ITEM, ["POST"], { table: "menu" })] }),
  ],
  [
    "a parameter that one of the methods does not take",
    "rights.0.methods.1",
    () => ({ rights: [right(ITEM, ["GET", "POST"], { table: "s_orders", status: "paid" })] }),
  ],
  [
    "a value that the table does not know",
    "rights.0.query.status",
    () => ({ rights: [right(ITEM, ["GET"], { table: "pages", status: "paid" })] }),
  ],
  [
    "an endpoint beyond the scopes",
    "rights.1.methods.0",
    () => ({ scopes: ["posts:read"], rights: [right("/api/v1/posts", ["GET"]), right("/v1/sites", ["GET"])] }),
  ],
  [
    "a method beyond the scopes",
    "rights.0.methods.1",
    () => ({ scopes: ["posts:read"], rights: [right("/api/v1/posts", ["GET", "POST"])] }),
  ],
  [
    "a table beyond the scopes",
    "rights.0.methods.0",
    () => ({ scopes: ["posts:read"], rights: [right(ITEM, ["GET"], { table: "s_orders" })] }),
  ],
  [
    "an endpoint that the access type has not",
    "rights.0.methods.0",
    () => ({ access_type: "integrations", rights: [right("/api/v1/api-keys", ["GET"])] }),
  ],
  [
    "a table that the access type has not",
    "rights.0.methods.0",
    () => ({ access_type: "integrations", rights: [right(ITEM, ["*"], { table: "pages" })] }),
  ],
  [
    "an endpoint that a key of one site has not",
    "rights.0.methods.1",
    () => ({ site_ids: [ids.own], rights: [right("/v1/sites", ["GET", "POST"])] }),
  ],
  [
    "an endpoint for account access alone",
    "rights.0.methods.0",
    () => ({ account_access: false, rights: [right("/api/v1/workspaces", ["POST"])] }),
  ],
  [
    "a foreign site in an MCP resource",
    "rights.0.endpoint",
    () => ({ rights: [right(`/api/v1/mcp/resources/sites/${ids.foreign}/pages/1`, ["GET"])], site_ids: null }),
  ],
  [
    "a foreign site in a query",
    "rights.0.query.site",
    () => ({ rights: [right(ITEM, ["GET"], { table: "pages", site: ids.foreign })], site_ids: null }),
  ],
  [
    "a foreign site in a path",
    "rights.0.endpoint",
    () => ({ rights: [right(`/v1/sites/${ids.foreign}/pages`, ["GET"])], site_ids: null }),
  ],
  [
    "a site the key is not for",
    "rights.0.endpoint",
    () => ({ rights: [right(`/v1/sites/${ids.second}/pages`, ["GET"])], site_ids: [ids.own] }),
  ],
];

describe("a setting that can never match", () => {
  it.each(WRONG)(
    "a setting that can never match, %s, is refused by name wherever keys are set",
    async (_, field, of) => {
      const settings = of();
      const made = { name: "Never", ...settings };
      const imported = { ...made, key: `nscms_k1_${"ab".repeat(16)}` };
      const answers = [
        await call("POST", "/api/v1/api-keys", { headers, body: made }),
        await call("POST", "/api/v1/api-keys/import", { headers, body: imported }),
        await call("PATCH", `/api/v1/api-keys/${keyId}`, { headers, body: settings }),
      ];
      for (const { status, body, text } of answers)
        expect([status, Object.keys(body.errors ?? {})], text).toEqual([422, [field]]);
    },
  );

  it("a setting that can match is taken: null, endpoints by template, path and *, own sites by id and slug", async () => {
    const { slug } = (await call("GET", `/v1/sites/${ids.own}`, { headers })).body.data;
    for (const settings of [
      { allowed_ips: null, rights: null, site_ids: null, attributes: null, channels: null },
      { attributes: ["customer_email", "email"], channels: ["email"] },
      { site_ids: [ids.own, ids.second] },
      { rights: [right("*", ["*"]), right("/v1/sites/{siteId}", ["PATCH"]), right("/api/v1/posts/1", ["GET"])] },
      { rights: [right(ITEM, ["GET", "PATCH"], { table: "pages", site: slug })] },
      { site_ids: [ids.own], rights: [right("/api/pages", ["GET"], { site: slug })] },
      { rights: [right("*", ["GET"], { table: "s_orders" }), right(`/v1/sites/${ids.own}/pages`, ["*"])] },
      { environment: "sandbox", site_ids: [ids.sandbox] },
      { scopes: ["posts:read"], rights: [right("*", ["GET"]), right("/api/v1/api-keys/{keyId}", ["DELETE"])] },
      { rights: [right(ITEM, ["*"], { table: "menu" }), right(ITEM, ["GET", "POST", "PATCH", "DELETE"])] },
      { rights: [right(`/api/v1/mcp/resources/sites/${ids.own}/pages/1`, ["GET"])] },
      { access_type: "integrations", rights: [right(ITEM, ["GET"], { table: "s_orders", status: "paid" })] },
    ]) {
      const made = await call("POST", "/api/v1/api-keys", { headers, body: { name: "Useful", ...settings } });
      expect(made.status, JSON.stringify(settings) + made.text).toBe(201);
    }
  });

  it.each([
    ["scopes", { scopes: ["pages:read"] }, { scopes: ["posts:read"] }],
    ["access_type", { access_type: "integrations" }, { access_type: "admin" }],
  ])(
    "%s that would leave a key none of its rights are refused by name, and what leaves it some is taken",
    async (field, dead, alive) => {
      const rights = [right("/api/v1/posts", ["GET"]), right("/api/v1/api-keys", ["GET"])];
      if (field === "access_type") rights.shift();
      const made = await call("POST", "/api/v1/api-keys", { headers, body: { name: "Rights", scopes: ["*"], rights } });
      const path = `/api/v1/api-keys/${made.body.data.id}`;
      const refused = await call("PATCH", path, { headers, body: dead });
      expect([refused.status, Object.keys(refused.body.errors ?? {})], refused.text).toEqual([422, [field]]);
      expect((await call("PATCH", path, { headers, body: alive })).status).toBe(200);
      expect((await call("PATCH", path, { headers, body: { ...dead, rights: null } })).status).toBe(200);
    },
  );

  it("a key made or imported with null for scopes, and without rights, gets what one without scopes gets", async () => {
    const key = `nscms_k1_${"cd".repeat(16)}`;
    const plain = (await call("POST", "/api/v1/api-keys", { headers, body: { name: "Plain" } })).body.data.scopes;
    const made = await call("POST", "/api/v1/api-keys", { headers, body: { name: "Null", scopes: null } });
    const imported = await call("POST", "/api/v1/api-keys/import", { headers, body: { name: "I", key, scopes: null } });
    expect([made.body.data.scopes, imported.body.data.scopes]).toEqual([plain, plain]);
    expect((await call("GET", "/v1/sites", { headers: { "X-Api-Key": made.body.data.key } })).status).toBe(200);
  });

  it("a change that would leave a key neither scopes nor rights is refused, naming what it takes away", async () => {
    const rights = [right("/v1/sites", ["GET"])];
    const byRights = (await call("POST", "/api/v1/api-keys", { headers, body: { name: "Rights", rights } })).body.data
      .id;
    for (const [id, body, field] of [
      [keyId, { scopes: null }, "scopes"],
      [byRights, { rights: null }, "rights"],
    ] as const) {
      const refused = await call("PATCH", `/api/v1/api-keys/${id}`, { headers, body });
      expect([refused.status, Object.keys(refused.body.errors ?? {})], refused.text).toEqual([422, [field]]);
    }
    const swapped = { headers, body: { rights: null, scopes: ["sites:read"] } };
    expect((await call("PATCH", `/api/v1/api-keys/${byRights}`, swapped)).status).toBe(200);
  });
});
