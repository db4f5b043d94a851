import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { MAX_REDIRECTS } from "../../../src/content/redirects/contract.ts";
import { type Existing, planRows } from "../../../src/content/redirects/plan.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeEach(async () => {
  at = await makeSite(clock);
});

const sendRows = async (rows: object[]) => (await at.site.post("/redirects/import", { rows })).body.data;
const sendCsv = (body: string) =>
  at.site.send("POST", "/redirects/import", { body, headers: { "Content-Type": "text/csv; charset=utf-8" } });
const exported = async (): Promise<string> => (await at.site.get("/redirects/export")).text;

describe("an import of redirects", () => {
  it("an import of redirects takes what can be one, and says of each other row what is wrong with it", async () => {
    const rows = [
      { from: "/a", to: "/b" },
      { from: "a", to: "b", status: 307 },
      { from: "/c", to: "https://other.example/", status: 308 },
      { from: "/a/", to: "/d" },
      { from: "/e", to: "/e" },
    ];
    expect(await sendRows(rows)).toEqual({
      created: 2,
      updated: 0,
      unchanged: 0,
      failed: 3,
      errors: [
        { row: 2, field: "from", message: "must be a path such as /old-page" },
        { row: 2, field: "to", message: "must be a path such as /new-page, or an https address" },
        { row: 2, field: "status", message: "must be one of 301, 302, 308" },
        { row: 4, field: "from", message: "is the same as in row 1" },
        { row: 5, field: "to", message: "leads back to a path that leads to it" },
      ],
    });
    expect(await exported()).toBe("from,to,status\n/a,/b,301\n/c,https://other.example/,308\n");
  });

  it("an import of redirects done again changes nothing, and one that says otherwise changes those", async () => {
    const rows = [
      { from: "/a", to: "/b" },
      { from: "/c", to: "/d" },
    ];
    await sendRows(rows);
    expect(await sendRows(rows)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    const changed = [rows[0] as object, { from: "/c", to: "/e", status: 302 }, { from: "/f", to: "/g" }];
    expect(await sendRows(changed)).toMatchObject({ created: 1, updated: 1, unchanged: 1, failed: 0 });
    const { data } = (await at.site.get("/redirects?search=/c")).body;
    expect(data).toMatchObject([{ from: "/c", to: "/e", status: 302, version: 2 }]);
    expect((await at.site.get("/redirects?search=/E")).body.pagination.total).toBe(1);
  });

  it("an import of redirects shortens chains to where they end, and leaves out what comes back to itself", async () => {
    await sendRows([{ from: "/x", to: "/y" }]);
    const answer = await sendRows([
      { from: "/a", to: "/b" },
      { from: "/b", to: "/c?q" },
      { from: "/c", to: "https://other.example/z" },
      { from: "/p", to: "/q" },
      { from: "/q", to: "/p" },
      { from: "/w", to: "/x" },
      { from: "/y", to: "/z" },
    ]);
    expect(answer).toMatchObject({ created: 4, failed: 3 });
    expect(answer.errors.map((it: { row: number }) => it.row)).toEqual([4, 5, 7]);
    const elsewhere = "https://other.example/z,301";
    expect(await exported()).toBe(
      `from,to,status\n/a,${elsewhere}\n/b,${elsewhere}\n/c,${elsewhere}\n/w,/y,301\n/x,/y,301\n`,
    );
  });

  it.each([
    ["from,to,status\r\n/a,/b,301\r\n/c,/d,302\r\n"],
    ["\ufeff/a,/b,301\n/c,/d,302"],
    ["to;status;from\n/b;301;/a\n\n/d;302;/c\n"],
    ['From\tTo\tStatus\n"/a"\t/b\t\n/c\t"/d"\t302'],
  ])("an import of redirects reads CSV as programs write it: %j", async (csv) => {
    const { status, body } = await sendCsv(csv);
    expect([status, body.data.created, body.data.errors]).toEqual([200, 2, []]);
    expect(await exported()).toBe("from,to,status\n/a,/b,301\n/c,/d,302\n");
  });

  it("an import of redirects names the line of CSV that is wrong", async () => {
    const { body } = await sendCsv('from,to,status\n/a,/b,\n\n/c,"x, y",\n/d,/e,abc\n/f\n');
    expect(body.data).toMatchObject({ created: 1, failed: 3 });
    expect(body.data.errors.map((it: { row: number; field: string }) => [it.row, it.field])).toEqual([
      [4, "to"],
      [5, "status"],
      [6, "to"],
    ]);
  });

  it("what is exported can be imported, commas, quotes and all", async () => {
    const rows = [
      { from: '/a,b"c d;e', to: "/x?a=1,2", status: 308 },
      { from: "/über", to: "https://other.example/ü" },
    ];
    expect(await sendRows(rows)).toMatchObject({ created: 2 });
    const csv = await exported();
    const other = await makeSite(clock);
    const headers = { "Content-Type": "text/csv" };
    const answer = await other.site.send("POST", "/redirects/import", { body: csv, headers });
    expect(answer.body.data).toMatchObject({ created: 2, failed: 0 });
    expect((await other.site.get("/redirects/export")).text).toBe(csv);
  });

  it("an export says what it is", async () => {
    const { headers, status } = await at.site.get("/redirects/export");
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(headers.get("Content-Disposition")).toContain("redirects.csv");
  });

  it("an export is part of a batch like any other call, by its text", async () => {
    await sendRows([{ from: "/a", to: "/b" }]);
    const operations = [{ method: "GET", path: "/redirects/export" }];
    const headers = { "Idempotency-Key": "an-export" };
    const { body } = await at.site.send("POST", "/batch", { headers, body: { operations } });
    expect(body.data.results[0]).toMatchObject({ status: 200, body: { text: "from,to,status\n/a,/b,301\n" } });
  });

  it("an import of redirects may be as large as it is allowed to be, and so may one that changes them all", async () => {
    const lines = (end: string) =>
      Array.from({ length: 4_900 }, (_, n) => `/${n},/${"a".repeat(180)}${end}${n}`).join("\n");
    const { data } = (await sendCsv(lines("x"))).body;
    expect(data).toMatchObject({ created: 4_900, updated: 0, failed: 0 });
    const again = (await sendCsv(lines("y"))).body.data;
    expect(again).toMatchObject({ created: 0, updated: 4_900, failed: 0 });
  });

  it.each([
    [{}, 400],
    [{ rows: [], csv: "" }, 400],
    [{ rows: Array.from({ length: 5_001 }, () => ({ from: "/a", to: "/b" })) }, 400],
    [{ csv: "/a,/b\n".repeat(5_001) }, 400],
    [{ csv: "" }, 200],
    [{ csv: '"' }, 200],
  ])("an import of redirects of another form is refused", async (body, status) => {
    expect((await at.site.post("/redirects/import", body)).status).toBe(status);
  });

  it("a body that is not labelled CSV is none, and one that is not UTF-8 neither", async () => {
    const send = (type: string, body: unknown) =>
      at.site.send("POST", "/redirects/import", { body, headers: { "Content-Type": type } });
    expect((await send("text/plain", "/a,/b")).status).toBe(415);
    expect((await send("text/csv", new Uint8Array([0x2f, 0xff]))).status).toBe(400);
    const elsewhere = { body: "/a,/b", headers: { "Content-Type": "text/csv" } };
    expect((await at.site.send("POST", "/redirects", elsewhere)).status).toBe(415);
  });

  it("imports and writes at the same moment leave no chain", async () => {
    const csv = (from: string, to: string) => sendCsv(`${from},${to}\n${from}-2,${to}`);
    await Promise.all([
      csv("/a", "/b"),
      csv("/b", "/c"),
      csv("/c", "/a"),
      at.site.post("/redirects", { from: "/b", to: "/z" }),
      at.site.post("/redirects", { from: "/z", to: "/a" }),
    ]);
    const { data } = (await at.site.get("/redirects?limit=100")).body;
    const froms = new Set(data.map((it: { from: string }) => it.from));
    expect(data.filter((it: { to: string }) => froms.has(it.to))).toEqual([]);
  });

  it(`a website has at most ${MAX_REDIRECTS} redirects, however they come`, async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?3) INSERT INTO redirects (id, workspace_id,
        environment, site_id, version, created_at, updated_at, from_path, to_address, target_path, status)
        SELECT ?2 || i, ?1, 'live', ?2, 1, 1, 1, '/old-' || i, '/new', '/new', 301 FROM n`,
    )
      .bind(at.workspace.id, at.siteId, MAX_REDIRECTS - 1)
      .run();
    const two = [
      { from: "/a", to: "/new" },
      { from: "/b", to: "/new" },
    ];
    expect((await at.site.post("/redirects/import", { rows: two })).status).toBe(409);
    const statuses = await Promise.all(two.map(async (row) => (await at.site.post("/redirects", row)).status));
    expect(statuses.sort()).toEqual([201, 409]);
    expect(await sendRows([{ from: "/old-1", to: "/newer" }])).toMatchObject({ updated: 1 });
  });

  it("a plan of rows never leaves a chain or a loop with what is there, whatever comes", () => {
    const path = fc.constantFrom("/a", "/b", "/c", "/d", "/e", "/f", "/g");
    const link = fc.record({ from: path, to: path }).filter(({ from, to }) => from !== to);
    const links = (most: number) => fc.uniqueArray(link, { maxLength: most, selector: ({ from }) => from });
    fc.assert(
      fc.property(links(4), links(7), (there, coming) => {
        // What is there has no chains, as every write before has seen to.
        const ends = new Set(there.map(({ from }) => from));
        const standing = there.filter(({ to }) => !ends.has(to));
        const existing = standing.map(
          (it): Existing => ({ ...it, id: it.from, target: it.to, status: 301, version: 1 }),
        );
        const rows = coming.map((it, index) => ({ ...it, row: index + 1, target: it.to, status: 301 as const }));
        const plan = planRows(rows, existing);
        const after = new Map(existing.map(({ from, to }) => [from, to]));
        for (const { from, to } of plan.rows) after.set(from, to);
        for (const to of after.values()) expect(after.has(to)).toBe(false);
        expect(plan.rows.length + new Set(plan.errors.map(({ row }) => row)).size).toBe(rows.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
