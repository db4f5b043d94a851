import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { purgeTrash, purgeVersions } from "../../../src/core/work/retention.ts";
import { Client, eventsOf, makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
const DAY = 86_400_000;
let at: TestSite;

beforeEach(async () => {
  at = await makeSite(clock);
});

const page = (title: string, more: object = {}) => at.site.create("/pages", { title, ...more });
const read = async (id: string) => (await at.site.get(`/pages/${id}`)).body.data;
const remove = async (id: string, of = "pages") => expect((await at.site.delete(`/${of}/${id}`)).status).toBe(204);
const restore = (id: string, body?: object) => at.site.post(`/trash/${id}/restore`, body);
const rows = async (table: string) =>
  (
    await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE workspace_id = ?`)
      .bind(at.workspace.id)
      .first<{ n: number }>()
  )?.n;

describe("the trash", () => {
  it("the trash has what was deleted, pages and products, last first, with who deleted it and until when it stays", async () => {
    const { id } = await page("Opening hours");
    const product = await at.site.create("/shop/products", { title: "Loaf", price: 650 });
    await remove(id);
    await remove(product.id, "shop/products");
    const { body } = await at.site.get("/trash");
    expect(body.pagination.total).toBe(2);
    expect(body.data.map(({ id, type, title }: Record<string, string>) => [id, type, title])).toEqual([
      [product.id, "product", "Loaf"],
      [id, "page", "Opening hours"],
    ]);
    const [, deleted] = body.data;
    expect(deleted.deletedBy).toMatchObject({ type: "key", name: "Test key" });
    expect(Date.parse(deleted.purgeAt) - Date.parse(deleted.deletedAt)).toBe(30 * DAY);
    expect((await at.site.get("/trash?type=page")).body.data).toEqual([deleted]);
    expect((await at.site.get("/trash?search=HOURS")).body.data).toEqual([deleted]);
    expect((await at.site.get("/trash?search=hours&type=product")).body.pagination.total).toBe(0);
    expect((await at.site.get("/trash?type=order")).status).toBe(400);
  });

  it("what is restored is the same as before, under its id, with its versions, and announced as created", async () => {
    const made = await page("First", { slug: "first" });
    const before = (await at.site.patch(`/pages/${made.id}`, { title: "Second", status: "published" })).body.data;
    await remove(made.id);
    const whole = (await at.site.get(`/trash/${made.id}`)).body.data;
    expect(whole.resource).toEqual(before);
    const { body, status } = await restore(made.id);
    expect(status).toBe(200);
    expect(body.data).toEqual({ ...before, version: 3, updatedAt: body.data.updatedAt });
    expect(await read(made.id)).toEqual(body.data);
    expect((await at.site.get("/trash")).body).toMatchObject({ data: [], pagination: { total: 0 } });
    const versions = (await at.site.get(`/pages/${made.id}/versions`)).body.data;
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect((await at.site.post(`/pages/${made.id}/versions/1/restore`)).body.data.title).toBe("First");
    const types = (await eventsOf(env.DB, made.id)).map(({ type }) => type);
    expect(types).toEqual(["page.created", "page.updated", "page.deleted", "page.created", "page.updated"]);
    const found = await at.site.get("/pages?search=first");
    expect(found.body.pagination.total).toBe(1);
  });

  it("a slug that was taken meanwhile is a conflict that another slug settles", async () => {
    const old = await page("Contact", { slug: "contact" });
    await remove(old.id);
    await page("New contact", { slug: "contact" });
    const taken = await restore(old.id);
    expect([taken.status, Object.keys(taken.body.error.details.fields)]).toEqual([409, ["slug"]]);
    expect((await restore(old.id, { slug: "contact-old" })).body.data.slug).toBe("contact-old");
    const product = await at.site.create("/shop/products", { title: "Loaf", price: 650, sku: "L1" });
    await remove(product.id, "shop/products");
    await at.site.create("/shop/products", { title: "Loaf", price: 1, sku: "L1" });
    expect((await restore(product.id)).status).toBe(409);
    const back = await restore(product.id, { slug: "loaf-old", sku: null });
    expect(back.body.data).toMatchObject({ id: product.id, slug: "loaf-old", sku: null, price: 650, version: 2 });
    expect((await restore(product.id, {})).status).toBe(404);
  });

  it("what a restore names wrongly is told by its field", async () => {
    const { id } = await page("Contact");
    await remove(id);
    const { status, body } = await restore(id, { slug: "Not a slug", price: 5 });
    expect([status, Object.keys(body.error.details.fields).sort()]).toEqual([400, ["price", "slug"]]);
  });

  it("pages below a deleted page are below it again, but for those that somebody has moved", async () => {
    const top = await page("Top");
    const parent = await page("Parent", { parentId: top.id });
    const [stays, moves, goes] = [
      await page("Stays", { parentId: parent.id }),
      await page("Moves", { parentId: parent.id }),
      await page("Goes", { parentId: parent.id }),
    ];
    await remove(parent.id);
    expect((await read(stays.id)).parentId).toBe(top.id);
    await at.site.patch(`/pages/${moves.id}`, { parentId: null });
    await remove(goes.id);
    expect((await restore(parent.id)).body.data.parentId).toBe(top.id);
    expect(await read(stays.id)).toMatchObject({ parentId: parent.id, version: 3 });
    expect((await read(moves.id)).parentId).toBeNull();
    const kept = (await at.site.get(`/pages/${stays.id}/versions`)).body.data;
    expect(kept.map((it: Record<string, unknown>) => [it.version, it.changedFields])).toEqual([
      [2, ["parentId"]],
      [1, []],
    ]);
    expect((await at.site.get(`/pages/${stays.id}/versions/2`)).body.data.page.parentId).toBe(top.id);
    expect((await restore(goes.id)).body.data.parentId).toBe(top.id);
  });

  it("a page whose parent has gone comes back at the top, and one told elsewhere makes no circle", async () => {
    const parent = await page("Parent");
    const child = await page("Child", { parentId: parent.id });
    await remove(child.id);
    await remove(parent.id);
    expect((await restore(child.id)).body.data.parentId).toBeNull();
    const below = await page("Below", { parentId: child.id });
    const told = await restore(parent.id, { parentId: below.id });
    expect(told.body.data.parentId).toBe(below.id);
    expect((await read(child.id)).parentId).toBeNull();
  });

  it("a published page that was deleted and restored is for the next publish the page it was: none is added or removed", async () => {
    await page("Home", { status: "published" });
    const { id } = await page("About", { status: "published" });
    const first = (await at.site.post("/publish", {})).body.data;
    expect(first.changes.counts).toEqual({ added: 2, changed: 0, removed: 0 });
    await remove(id);
    await restore(id);
    clock.advance(10 * 60_000);
    const second = (await at.site.post("/publish", {})).body.data;
    expect(second.changes.counts).toEqual({ added: 0, changed: 1, removed: 0 });
    expect(second.pageCount).toBe(first.pageCount);
  });

  it("an original takes its place again among its translations, and a translation beside its original", async () => {
    const en = await page("Hello");
    const de = await page("Hallo", { locale: "de", translationOf: en.id });
    const fr = await page("Salut", { locale: "fr", translationOf: en.id });
    await remove(en.id);
    expect((await read(fr.id)).translationOf).toBe(de.id);
    await restore(en.id);
    expect([await read(en.id), await read(de.id), await read(fr.id)].map((it) => it.translationOf)).toEqual([
      null,
      en.id,
      en.id,
    ]);
    await remove(fr.id);
    await remove(en.id);
    expect((await read(de.id)).translationOf).toBeNull();
    // Its original is gone.
    expect((await restore(fr.id)).body.data.translationOf).toBeNull();
    await remove(fr.id);
    await restore(en.id);
    expect((await restore(fr.id)).body.data.translationOf).toBeNull();
    expect((await read(de.id)).translationOf).toBe(en.id);
  });

  it("an original whose language its translations have by now comes back alone", async () => {
    const en = await page("Hello");
    const de = await page("Hallo", { locale: "de", translationOf: en.id });
    await remove(en.id);
    await page("Hello again", { translationOf: de.id });
    expect((await restore(en.id)).body.data.translationOf).toBeNull();
    expect((await read(de.id)).translationOf).toBeNull();
  });

  it("of 8 who restore a page and 4 who delete it for good one has their way", async () => {
    const { id } = await page("Raced");
    await at.site.patch(`/pages/${id}`, { title: "Raced on" });
    await remove(id);
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => restore(id)),
      ...Array.from({ length: 4 }, () => at.site.delete(`/trash/${id}`)),
    ]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.slice(1)).toEqual(Array(11).fill(404));
    expect([200, 204]).toContain(statuses[0]);
    const isBack = statuses[0] === 200;
    expect((await at.site.get(`/pages/${id}`)).status).toBe(isBack ? 200 : 404);
    expect(await rows("versions")).toBe(isBack ? 2 : 0);
    expect(await rows("trash")).toBe(0);
  });

  it("what is deleted for good, and what the trash is emptied of, is gone with its versions", async () => {
    for (const title of ["A", "B", "C"]) await remove((await page(title)).id);
    const product = await at.site.create("/shop/products", { title: "Loaf", price: 650 });
    await remove(product.id, "shop/products");
    const [first] = (await at.site.get("/trash?type=page")).body.data;
    expect((await at.site.delete(`/trash/${first.id}`)).status).toBe(204);
    expect((await at.site.get(`/trash/${first.id}`)).status).toBe(404);
    expect((await restore(first.id)).status).toBe(404);
    expect((await at.site.delete("/trash?type=page")).body.data).toEqual({ purged: 2, remaining: 0 });
    expect((await at.site.get("/trash")).body.data.map(({ id }: { id: string }) => id)).toEqual([product.id]);
    expect((await at.site.delete("/trash")).body.data).toEqual({ purged: 1, remaining: 0 });
    expect((await at.site.delete("/trash")).body.data).toEqual({ purged: 0, remaining: 0 });
    expect([await rows("versions"), await rows("trash")]).toEqual([0, 0]);
  });

  it("after thirty days what was deleted is gone, and after ninety what was replaced", async () => {
    const kept = await page("Kept");
    const gone = await page("Gone");
    await at.site.patch(`/pages/${kept.id}`, { title: "Kept on" });
    await remove(gone.id);
    clock.advance(30 * DAY - 60_000);
    await purgeTrash(env, clock.time);
    expect((await at.site.get(`/trash/${gone.id}`)).status).toBe(200);
    clock.advance(60_000);
    expect(await purgeTrash(env, clock.time)).toBe(false);
    expect((await restore(gone.id)).status).toBe(404);
    await purgeVersions(env, clock.time);
    expect(await rows("versions")).toBe(1);
    clock.advance(60 * DAY);
    expect(await purgeVersions(env, clock.time)).toBe(false);
    expect(await rows("versions")).toBe(0);
  });

  it("a key sees, restores and empties the kinds it may read and write, and the other environment nothing", async () => {
    const { id } = await page("Secret");
    const product = await at.site.create("/shop/products", { title: "Loaf", price: 650 });
    await remove(id);
    await remove(product.id, "shop/products");
    const as = async (settings: object) => new Client(clock, (await at.workspace.key(settings)).headers, at.site.base);
    const shop = await as({ scopes: ["ecommerce:read"] });
    const listed = (await shop.get("/trash")).body;
    expect([listed.pagination.total, listed.data.map(({ id }: { id: string }) => id)]).toEqual([1, [product.id]]);
    expect((await shop.get("/trash?type=page")).status).toBe(403);
    expect((await shop.get(`/trash/${id}`)).status).toBe(403);
    expect((await shop.post(`/trash/${product.id}/restore`)).status).toBe(403);
    expect((await shop.delete("/trash")).status).toBe(403);
    const writer = await as({ scopes: ["ecommerce:write"] });
    expect((await writer.delete("/trash")).body.data).toEqual({ purged: 1, remaining: 0 });
    const none = await (await as({ scopes: ["sites:read"] })).get("/trash");
    expect([none.status, none.body.error.details.requiredScope]).toEqual([403, "pages:read"]);
    const outside = await as({ accessType: "integrations" });
    expect((await outside.get("/trash")).body.data).toEqual([]);
    expect((await outside.get(`/trash/${id}`)).status).toBe(403);
    const sandbox = await as({ environment: "sandbox" });
    expect((await sandbox.get(`/trash/${id}`)).status).toBe(404);
  });
});
