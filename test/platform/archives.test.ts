import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, makeWorkspace, requestOf, START, TestClock, type Workspace } from "../support/fixtures.ts";
import {
  exported,
  finish,
  type Headers,
  imported,
  recordsOf,
  registerOwnJobs,
  uploaded,
} from "../content/archive/world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.use();
  clock.time = Math.max(clock.time, START);
  registerOwnJobs();
});

const at = ({ id }: Workspace, rest: string): string => `/api/v1/workspaces/${id}/${rest}`;

async function site(headers: Headers, name: string): Promise<string> {
  const { body } = await call("POST", "/v1/sites", { headers, body: { name } });
  await call("POST", `/v1/sites/${body.data.id}/pages`, { headers, body: { title: `Page of ${name}` } });
  return body.data.id;
}

const order = { customerName: "Ada Baker", customerEmail: "ada@example.com" };

/** A site with one of each. */
async function shop(headers: Headers, name: string): Promise<string> {
  const siteId = await site(headers, name);
  const path = `/v1/sites/${siteId}/shop`;
  const { body } = await call("POST", `${path}/products`, { headers, body: { title: "Loaf", price: 650 } });
  await call("POST", `${path}/orders`, { headers, body: { ...order, items: [{ productId: body.data.id }] } });
  await call("POST", "/api/v1/posts", { headers, body: { title: `Post of ${name}`, site_id: siteId } });
  return siteId;
}

async function reset(workspace: Workspace, headers: Headers, to: string) {
  const started = await call("POST", at(workspace, "sandbox/reset"), { headers, body: { to } });
  expect(started.status, started.text).toBe(202);
  return finish(clock, started.body.data.job_id);
}

describe("an export", () => {
  it("has what its key may read, and says what it leaves out", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    await shop(headers, "Bakery");
    const { headers: narrow } = await workspace.key({ scopes: ["workspaces:read", "sites:read", "pages:read"] });
    const records = await recordsOf(await exported(clock, workspace.id, narrow));
    expect(Object.keys(records).sort()).toEqual(["pages", "sites"]);
    const { body } = await call("GET", at(workspace, "export"), { headers: narrow });
    expect(body.data.left_out).toEqual(
      expect.arrayContaining(["post", "product", "coupon", "order"].map((kind) => ({ kind, reason: "scope" }))),
    );
  });

  it("of a key limited to certain sites has those alone", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const mine = await shop(headers, "Mine");
    await shop(headers, "Theirs");
    const { headers: limited } = await workspace.key({ siteIds: [mine] });
    const text = JSON.stringify(await recordsOf(await exported(clock, workspace.id, limited)));
    expect(text).toContain("Page of Mine");
    expect(text).toContain("Post of Mine");
    expect(text).not.toContain("Theirs");
  });

  it("is not there for a key that may not read all of it", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const mine = await shop(headers, "Mine");
    await exported(clock, workspace.id, headers);
    const jobId = (await call("GET", at(workspace, "export"), { headers })).body.data.export_id;
    for (const settings of [
      { scopes: ["workspaces:read", "pages:read"] },
      { siteIds: [mine] },
      { environment: "sandbox" as const },
    ]) {
      const { headers: other } = await workspace.key(settings);
      expect((await call("GET", at(workspace, "export"), { headers: other })).body.data).toBeNull();
      expect((await call("GET", at(workspace, `jobs/${jobId}`), { headers: other })).status).toBe(404);
    }
  });

  it("has no key, no secret and no endpoint of a webhook", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key({ name: "A key that is told of nowhere" });
    await shop(headers, "Bakery");
    const hook = await call("POST", "/api/v1/webhooks", {
      headers,
      body: { url: "https://example.com/hook", events: ["*"] },
    });
    const text = JSON.stringify(await recordsOf(await exported(clock, workspace.id, headers)));
    for (const secret of ["A key that is told of nowhere", "example.com/hook", hook.body.data.secret]) {
      expect(text).not.toContain(secret);
    }
  });

  it("is fetched by its address until that expires, or its key ends, and by no other", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const asked = await workspace.key();
    await site(headers, "Bakery");
    await exported(clock, workspace.id, asked.headers);
    const addressOf = async () => {
      const { body } = await call("GET", at(workspace, "export"), { headers: asked.headers });
      return new URL(body.data.download_url).pathname;
    };
    const status = async (path: string, range?: string) =>
      (await exports.default.fetch(requestOf("GET", path, range ? { headers: { Range: range } } : {}))).status;
    const path = await addressOf();
    expect(await status(path)).toBe(200);
    expect(await status(path, "bytes=0-9")).toBe(206);
    expect(await status(`${path.slice(0, -4)}AAAA`)).toBe(404);
    clock.advance(3_600_001);
    expect(await status(path)).toBe(404);
    const again = await addressOf();
    expect(await status(again)).toBe(200);
    await call("DELETE", `/api/v1/api-keys/${asked.id}`, { headers });
    expect(await status(again)).toBe(404);
  });
});

describe("an import", () => {
  it("leaves out what its key may not write, and is nothing for a key limited to certain sites", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const siteId = await shop(headers, "Bakery");
    const archive = await exported(clock, workspace.id, headers);
    const other = await makeWorkspace(clock);
    const { headers: narrow } = await other.key({
      scopes: ["workspaces:write", "sites:write", "sites:read", "pages:write"],
    });
    const body = { upload_id: await uploaded(other.id, narrow, archive) };
    const job = await imported(clock, { workspaceId: other.id, headers: narrow, body });
    expect(job.status).toBe("succeeded");
    expect(Object.keys((job.result as { counts: object }).counts).sort()).toEqual(["page", "site"]);
    const { headers: limited } = await workspace.key({ siteIds: [siteId] });
    const refused = await call("POST", at(workspace, "import"), { headers: limited, body });
    expect(refused.status).toBe(403);
  });

  it("takes an export of the same account by its id, and none of another, nor of the other environment", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    await site(headers, "Bakery");
    await exported(clock, workspace.id, headers);
    const { export_id } = (await call("GET", at(workspace, "export"), { headers })).body.data;
    const own = await imported(clock, { workspaceId: workspace.id, headers, body: { export_id, dry_run: true } });
    expect(own.status).toBe("succeeded");
    const stranger = await makeWorkspace(clock);
    for (const [where, key] of [
      [stranger, await stranger.key()],
      [workspace, await workspace.key({ environment: "sandbox" })],
    ] as const) {
      const answer = await call("POST", at(where, "import"), { headers: key.headers, body: { export_id } });
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toHaveProperty("export_id");
    }
  });

  it("tells in a dry run what would come, what would be changed and what cannot, and stores nothing", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    await site(headers, "Bakery");
    const archive = await exported(clock, workspace.id, headers);
    const other = await makeWorkspace(clock);
    const { headers: theirs } = await other.key();
    const body = { upload_id: await uploaded(other.id, theirs, archive), dry_run: true };
    const { result } = await imported(clock, { workspaceId: other.id, headers: theirs, body });
    expect(result).toMatchObject({
      dryRun: true,
      counts: { site: { found: 1, created: 1 }, page: { found: 1, created: 1 } },
      problems: [{ kind: "site", outcome: "changed", message: expect.stringContaining("slug") }],
    });
    expect((await call("GET", "/v1/sites", { headers: theirs })).body.data).toEqual([]);
  });

  it("stores nothing of what the plan has no room for", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    for (const name of ["One", "Two", "Three", "Four"]) await site(headers, name);
    const archive = await exported(clock, workspace.id, headers);
    const small = await makeWorkspace(clock, "free");
    const { headers: theirs } = await small.key();
    const body = { upload_id: await uploaded(small.id, theirs, archive) };
    const job = await imported(clock, { workspaceId: small.id, headers: theirs, body });
    expect(job).toMatchObject({ status: "failed", errorCode: "feature_limit_reached" });
    expect((await call("GET", "/v1/sites", { headers: theirs })).body.data).toEqual([]);
  });

  it("refuses a file that is no archive, or was changed on its way", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    await site(headers, "Bakery");
    const archive = await exported(clock, workspace.id, headers);
    const changed = archive.slice();
    // Past the header of the first file: 30 bytes, its name, what else is told of it.
    const view = new DataView(archive.buffer, archive.byteOffset);
    const begins = 30 + view.getUint16(26, true) + view.getUint16(28, true);
    changed.set([1, 2, 3, 4, 5], begins + 20);
    for (const bytes of [new TextEncoder().encode("no archive at all"), changed]) {
      const body = { upload_id: await uploaded(workspace.id, headers, bytes) };
      const job = await imported(clock, { workspaceId: workspace.id, headers, body });
      expect(job.status).toBe("failed");
      expect(job.error).toMatch(/^archive: /);
    }
  });

  it("can be cancelled, and goes on where it was when it is started again", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key({ environment: "sandbox" });
    await shop(headers, "Bakery");
    const archive = await exported(clock, workspace.id, headers);
    const other = await makeWorkspace(clock);
    const { headers: theirs } = await other.key();
    const body = { upload_id: await uploaded(other.id, theirs, archive) };
    const started = await call("POST", at(other, "import"), { headers: theirs, body });
    const path = at(other, `jobs/${started.body.data.job_id}`);
    expect((await call("POST", `${path}/cancel`, { headers: theirs })).body.data.status).toBe("cancelled");
    expect((await finish(clock, started.body.data.job_id)).status).toBe("cancelled");
    const again = await imported(clock, { workspaceId: other.id, headers: theirs, body });
    expect(again.result).toMatchObject({ counts: { order: { created: 1, failed: 0 }, post: { created: 1 } } });
  });
});

describe("an address that takes an archive", () => {
  it("takes one file, and none that is longer than it may be", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const made = await call("POST", at(workspace, "import-uploads"), { headers, body: {} });
    const path = new URL(made.body.data.upload_url).pathname;
    const put = async (length: string, body = "PK") =>
      (await exports.default.fetch(requestOf("PUT", path, { headers: { "Content-Length": length }, body }))).status;
    expect(await put(String(made.body.data.max_bytes + 1))).toBe(413);
    expect(await put("2")).toBe(204);
    expect(await put("2")).toBe(409);
  });
});

describe("a reset of the sandbox", () => {
  it("to empty leaves nothing of the sandbox and all of what is live", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers: live } = await workspace.key();
    const { headers: sandbox } = await workspace.key({ environment: "sandbox" });
    await shop(live, "Live");
    await shop(sandbox, "Sandbox");
    expect((await reset(workspace, sandbox, "empty")).status).toBe("succeeded");
    for (const table of ["sites", "pages", "posts", "products", "orders"]) {
      const count = `SELECT environment, count(*) AS n FROM ${table} WHERE workspace_id = ? GROUP BY environment`;
      const { results } = await env.DB.prepare(count).bind(workspace.id).all();
      expect(results, table).toEqual([{ environment: "live", n: 1 }]);
    }
    expect((await call("GET", "/v1/sites", { headers: sandbox })).body.pagination.total).toBe(0);
  });

  it("to sample gives two websites with pages in two languages, posts and products; again the same", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key({ environment: "sandbox" });
    await site(headers, "Old");
    for (let n = 0; n < 2; n += 1) {
      const job = await reset(workspace, headers, "sample");
      expect(job.result).toMatchObject({
        counts: { site: { created: 2 }, page: { created: 15 }, product: { created: 9 } },
      });
      const { body } = await call("GET", "/v1/sites?orderBy=name&direction=asc", { headers });
      expect(body.data.map(({ name }: { name: string }) => name)).toEqual([
        "Blue Door Bakery",
        "Spoke & Chain Bike Repair",
      ]);
      const german = await call("GET", `/v1/sites/${body.data[0].id}/pages?locale=de`, { headers });
      expect(german.body.data.every((page: { translationOf: string | null }) => page.translationOf !== null)).toBe(
        true,
      );
    }
  });

  it("to live copies what is live without records about people, for live keys alone", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers: live } = await workspace.key();
    const { headers: sandbox } = await workspace.key({ environment: "sandbox" });
    await shop(live, "Live");
    await site(sandbox, "Old");
    expect(
      (await call("POST", at(workspace, "sandbox/reset"), { headers: sandbox, body: { to: "live" } })).status,
    ).toBe(403);
    const job = await reset(workspace, live, "live");
    expect(job).toMatchObject({ status: "succeeded", result: { problems: [], counts: { product: { created: 1 } } } });
    const { body } = await call("GET", "/v1/sites", { headers: sandbox });
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(["Live"]);
    const orders = await call("GET", `/v1/sites/${body.data[0].id}/shop/orders`, { headers: sandbox });
    expect(orders.body.data).toEqual([]);
  });

  it("is one at a time", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key({ environment: "sandbox" });
    const path = at(workspace, "sandbox/reset");
    expect((await call("POST", path, { headers, body: { to: "empty" } })).status).toBe(202);
    expect((await call("POST", path, { headers, body: { to: "empty" } })).status).toBe(409);
  });
});
