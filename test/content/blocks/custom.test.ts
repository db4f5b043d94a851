import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { mainOf } from "../../support/publishing.ts";
import { type Answer, call, TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;

beforeEach(async () => {
  clock.advance(60 * 60_000);
  site = await makeVisitedSite(clock);
});

const BANNER = {
  label: "Call to order",
  template: { blocks: [{ type: "TextSection", props: { heading: "Order {{what}}", body: "{{text}}" } }] },
  properties: [
    { name: "what", type: "text", required: true },
    { name: "text", type: "text", default: "Today" },
  ],
};

const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => site.ask(method, path, body);

async function makeBlock(body: object = {}): Promise<string> {
  const made = await ask("POST", "/blocks/custom", { ...BANNER, ...body });
  expect(made.status, made.text).toBe(201);
  return made.body.data.id;
}

const use = (id: string, props: object = { what: "bread" }) => ({ type: `custom:${id}`, props });
const usageOf = async (id: string): Promise<number> => (await ask("GET", `/blocks/custom/${id}`)).body.data.usageCount;

interface Told {
  slug: string;
  code: string;
  path: string;
  what: string;
}

async function publish() {
  const { changes, warnings } = (await site.publish()) as unknown as {
    changes: { changed: { id: string }[]; counts: object };
    warnings: Told[];
  };
  return { ...changes, warnings: warnings.map(({ slug, code, path, what }) => `${slug}: ${code} ${path} ${what}`) };
}

describe("a custom block", () => {
  it("a custom block is made, listed, found, changed and deleted", async () => {
    const id = await makeBlock();
    const got = await ask("GET", `/blocks/custom/${id}`);
    expect(got.body.data).toMatchObject({
      ...{ id, label: "Call to order", description: null, usageCount: 0, version: 1 },
      properties: [
        { name: "what", type: "text", required: true, default: null },
        { name: "text", type: "text", required: false, default: "Today" },
      ],
    });
    expect(got.body.data.createdBy).toMatch(/^key:\d+$/);
    expect((await ask("GET", "/blocks/custom?search=order")).body.data).toHaveLength(1);
    const changed = await ask("PATCH", `/blocks/custom/${id}`, { label: "Order", description: "For campaigns" });
    expect(changed.body.data).toMatchObject({ label: "Order", description: "For campaigns", version: 2 });
    expect((await ask("DELETE", `/blocks/custom/${id}`)).status).toBe(204);
    expect((await ask("GET", `/blocks/custom/${id}`)).status).toBe(404);
    const audited = "SELECT action FROM audit_log WHERE target_id = ? ORDER BY rowid";
    const { results } = await env.DB.prepare(audited).bind(id).all<{ action: string }>();
    expect(results.map(({ action }) => action)).toEqual(
      ["created", "updated", "deleted"].map((verb) => `custom_block.${verb}`),
    );
  });

  it("a custom block with an empty template can be begun, and shows nothing", async () => {
    const id = await makeBlock({ template: {}, properties: [] });
    await site.page({ title: "Home", slug: "home", blocks: [use(id, {})] });
    expect((await publish()).warnings).toEqual([]);
    expect(await mainOf(site, "/home")).toContain("<h1>Home</h1>");
  });

  it.each<[string, object, string]>([
    ["a type that is not built in", { template: { blocks: [{ type: "NoSuchSection" }] } }, "template.blocks.0.type"],
    [
      "a property its block does not have",
      { template: { blocks: [{ type: "TextSection", props: { badge: "{{what}}" } }] } },
      "template.blocks.0.props.badge",
    ],
    [
      "a placeholder that names no property",
      { template: { blocks: [{ type: "FaqSection", props: { items: [{ question: "{{who}}" }] } }] } },
      "template.blocks.0.props.items.0.question",
    ],
    [
      "a condition that names no property",
      { template: { blocks: [{ type: "TextSection", when: "who" }] } },
      "template.blocks.0.when",
    ],
    [
      "an address that runs script",
      { template: { blocks: [{ type: "ButtonSection", props: { ctaLink: "javascript:alert(1)" } }] } },
      "template.blocks.0.props.ctaLink",
    ],
    [
      "a custom block within it",
      { template: { blocks: [{ type: "custom:block_01KAGW6PSZ0000000000000000" }] } },
      "template.blocks.0.type",
    ],
    ["a property named twice", { properties: [BANNER.properties[0], ...BANNER.properties] }, "properties.1.name"],
    [
      "a default of another type",
      { properties: [{ name: "what", type: "number", default: "x" }, BANNER.properties[1]] },
      "properties.0.default",
    ],
    ["a property name that is none", { properties: [{ name: "a b", type: "text" }] }, "properties.0.name"],
  ])("a custom block with %s is refused, and the field named", async (_, body, field) => {
    const answer = await ask("POST", "/blocks/custom", { ...BANNER, ...body });
    expect(answer.status, answer.text).toBe(400);
    expect(Object.keys(answer.body.error.details.fields)).toContain(field);
  });

  it("a custom block of which a property goes that its template names is refused as well", async () => {
    const id = await makeBlock();
    const answer = await ask("PATCH", `/blocks/custom/${id}`, { properties: [] });
    expect([answer.status, Object.keys(answer.body.error.details.fields)]).toEqual([
      400,
      ["template.blocks.0.props.heading"],
    ]);
  });
});

describe("the usage of a custom block", () => {
  it("the usage of a custom block counts the pages that use it, however often, as they come, change and go", async () => {
    const [first, second] = [await makeBlock(), await makeBlock()];
    const one = await site.page({ title: "One", blocks: [use(first), use(first), use(second)] });
    const two = await site.page({ title: "Two", blocks: [use(first)] });
    expect([await usageOf(first), await usageOf(second)]).toEqual([2, 1]);
    await site.change(one, { blocks: [use(second)] });
    await site.change(two, { title: "Too" });
    expect([await usageOf(first), await usageOf(second)]).toEqual([1, 1]);
    await ask("DELETE", `/pages/${two}`);
    expect([await usageOf(first), await usageOf(second)]).toEqual([0, 1]);
    await site.change(one, { blocks: [] });
    expect(await usageOf(second)).toBe(0);
  });

  it("the usage of a custom block is not that of another website's pages, nor of a text that looks like it", async () => {
    const id = await makeBlock();
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Foreign", slug: "foreign", blocks: [use(id)] });
    await site.page({ title: "Text", blocks: [{ type: "TextSection", props: { body: `"custom:${id}"` } }] });
    expect(await usageOf(id)).toBe(0);
    expect((await other.publish()).warnings).toMatchObject([{ code: "unknown_block" }]);
    expect(await mainOf(other, "/foreign")).not.toContain("Order");
    expect((await ask("DELETE", `/blocks/custom/${id}`)).status).toBe(204);
  });

  it("the usage of a custom block keeps it from being deleted, naming the pages, unless that is forced", async () => {
    const id = await makeBlock();
    const page = await site.page({ title: "Home", slug: "home", blocks: [use(id)] });
    await publish();
    const kept = await ask("DELETE", `/blocks/custom/${id}`);
    expect([kept.status, kept.body.error.details]).toMatchObject([
      409,
      { reason: "block_in_use", pages: [{ id: page, title: "Home" }] },
    ]);
    expect(kept.body.error.message).toContain("“Home”");
    expect((await ask("DELETE", `/blocks/custom/${id}?force=true`)).status).toBe(204);
    expect(await mainOf(site, "/home")).toContain("Order bread");
    const after = await publish();
    expect(after).toMatchObject({ changed: [{ id: page }], warnings: [`home: unknown_block blocks[0] custom:${id}`] });
    expect(await mainOf(site, "/home")).not.toContain("Order bread");
  });

  it("the usage of a custom block by a page that is saved at the same moment keeps it as well", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await makeBlock();
      const [removed, made] = await Promise.all([
        ask("DELETE", `/blocks/custom/${id}`),
        ask("POST", "/pages", { title: `Race ${round}`, blocks: [use(id)] }),
      ]);
      expect(made.status).toBe(201);
      const isThere = (await ask("GET", `/blocks/custom/${id}`)).status === 200;
      expect([removed.status, isThere]).toEqual(isThere ? [409, true] : [204, false]);
      if (isThere) expect(await usageOf(id)).toBe(1);
    }
  });
});

describe("a page with a custom block", () => {
  it("a page with a custom block shows it as published: a changed template changes the page with the next publish", async () => {
    const id = await makeBlock();
    const page = await site.page({ title: "Home", slug: "home", blocks: [use(id, { what: "<b>bread</b>" })] });
    await site.page({ title: "Other", slug: "other" });
    expect(await publish()).toMatchObject({ counts: { added: 2, changed: 0 }, warnings: [] });
    expect(await mainOf(site, "/home")).toContain("<h2>Order &lt;b&gt;bread&lt;/b&gt;</h2><p>Today</p>");
    const template = { blocks: [{ type: "CTABannerSection", props: { heading: "Now: {{what}}", body: "{{text}}" } }] };
    await ask("PATCH", `/blocks/custom/${id}`, { template });
    expect(await mainOf(site, "/home")).toContain("<h2>Order ");
    expect(await publish()).toMatchObject({ counts: { added: 0, changed: 1, removed: 0 }, changed: [{ id: page }] });
    expect(await mainOf(site, "/home")).toContain("<h2>Now: &lt;b&gt;bread");
    await ask("PATCH", `/blocks/custom/${id}`, { label: "Another name" });
    expect(await publish()).toMatchObject({ counts: { added: 0, changed: 0, removed: 0 } });
    const told = "SELECT count(*) AS n FROM events WHERE type = 'page.published' AND data ->> 'id' = ?";
    expect(await env.DB.prepare(told).bind(page).first<number>("n")).toBe(2);
  });

  it("a page with a custom block goes back with a rollback to what was shown then", async () => {
    const id = await makeBlock();
    await site.page({ title: "Home", slug: "home", blocks: [use(id)] });
    await publish();
    await ask("PATCH", `/blocks/custom/${id}`, {
      template: { blocks: [{ type: "AlertBarSection", props: { message: "{{what}}! {{text}}" } }] },
    });
    await publish();
    expect(await mainOf(site, "/home")).toContain("bread! Today");
    expect((await ask("POST", "/rollback")).status).toBe(200);
    expect(await mainOf(site, "/home")).toContain("Order bread");
  });

  it("a page with a custom block tells at every publish what it needs and what it has no use for", async () => {
    const id = await makeBlock();
    await site.page({ title: "Home", slug: "home", blocks: [use(id, { colour: "red" })] });
    const all = [
      `home: missing_property blocks[0].props.what what`,
      `home: unused_property blocks[0].props.colour colour`,
    ];
    expect((await publish()).warnings.sort()).toEqual(all);
    expect((await publish()).warnings.sort()).toEqual(all);
  });

  it("a page with a custom block of a sandbox is told the same by a dry run", async () => {
    const { headers } = await site.workspace.key({ environment: "sandbox" });
    const send = (method: string, path: string, body: unknown) => call(method, path, { headers, body });
    const made = await send("POST", "/v1/sites", { name: "Sandbox" });
    const path = `/v1/sites/${made.body.data.id}`;
    const block = await send("POST", `${path}/blocks/custom`, BANNER);
    await send("POST", `${path}/pages`, { title: "Home", status: "published", blocks: [use(block.body.data.id, {})] });
    const run = await send("POST", `${path}/publish`, {});
    expect(run.body.data).toMatchObject({ dryRun: true, warnings: [{ code: "missing_property" }] });
  });
});
