import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { eventsOf, makeSite, type TestSite } from "../../support/client.ts";

const clock = new TestClock();
let at: TestSite;

beforeEach(async () => {
  at = await makeSite(clock);
});

const page = (title: string, more: object = {}) => at.site.create("/pages", { title, ...more });
const read = async (id: string) => (await at.site.get(`/pages/${id}`)).body.data;

/** Tries it on a new page and on an existing one, and expects the same refusal naming the field. */
async function expectRefused(fields: object, field: string, status = 400) {
  const existing = await page("Existing");
  const tries = [
    await at.site.post("/pages", { title: "New", ...fields }),
    await at.site.patch(`/pages/${existing.id}`, fields),
    await at.site.put(`/pages/${existing.id}`, { title: "Existing", ...fields }),
  ];
  for (const { status: got, body, text } of tries) {
    expect(got, text).toBe(status);
    expect(Object.keys(body.error.details.fields)).toEqual([field]);
  }
  expect(await read(existing.id)).toEqual(existing);
}

describe("locales", () => {
  it("a page stands in a locale of its site", async () => {
    expect((await page("Deutsch", { locale: "de" })).locale).toBe("de");
    await expectRefused({ locale: "nl" }, "locale");
  });

  it("a site keeps the locales its pages are written in", async () => {
    const german = await page("Deutsch", { locale: "de" });
    for (const method of ["PATCH", "PUT"]) {
      const body = { name: "Blue Door Bakery", locales: ["en", "fr"] };
      const { status, body: answer } = await at.site.send(method, "", { body });
      expect(status).toBe(409);
      expect(Object.keys(answer.error.details.fields)).toEqual(["locales"]);
    }
    await at.site.delete(`/pages/${german.id}`);
    expect((await at.site.patch("", { locales: ["en", "fr"] })).status).toBe(200);
  });
});

describe("translations", () => {
  it("translations link to the page they translate and are found by it", async () => {
    const original = await page("Home");
    const german = await page("Start", { locale: "de", translationOf: original.id });
    expect(german.translationOf).toBe(original.id);
    const list = await at.site.get(`/pages?translationOf=${original.id}`);
    expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([german.id]);
    expect(list.body.pagination.total).toBe(1);
  });

  it("translations need a page of the same site to translate", async () => {
    const elsewhere = await at.api.create("/sites", { name: "Other" });
    const foreign = await at.api.create(`/sites/${elsewhere.id}/pages`, { title: "Foreign" });
    const stranger = await makeSite(clock);
    const theirs = await stranger.site.create("/pages", { title: "Theirs" });
    for (const id of [foreign.id, theirs.id, "page_01KAGW6PSZ0000000000000000", "", "x"]) {
      await expectRefused({ locale: "de", translationOf: id }, "translationOf");
    }
  });

  it("translations stand in another locale than the original, one for each locale", async () => {
    const original = await page("Home");
    await expectRefused({ translationOf: original.id }, "locale");
    await page("Start", { locale: "de", translationOf: original.id });
    await expectRefused({ locale: "de", translationOf: original.id }, "locale", 409);
    expect((await page("Accueil", { locale: "fr", translationOf: original.id })).locale).toBe("fr");
  });

  it("translations never translate a translation, nor have any themselves", async () => {
    const original = await page("Home");
    const german = await page("Start", { locale: "de", translationOf: original.id });
    await expectRefused({ locale: "fr", translationOf: german.id }, "translationOf");
    const other = await page("Other", { locale: "fr" });
    const moved = await at.site.patch(`/pages/${original.id}`, { translationOf: other.id });
    expect(moved.status).toBe(400);
    expect(moved.body.error.details.fields).toHaveProperty("translationOf");
  });

  it("translations never translate themselves", async () => {
    const original = await page("Home");
    const answer = await at.site.patch(`/pages/${original.id}`, { locale: "de", translationOf: original.id });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.fields).toHaveProperty("translationOf");
  });

  it("translations keep their locale to themselves when the original moves", async () => {
    const original = await page("Home");
    await page("Start", { locale: "de", translationOf: original.id });
    const answer = await at.site.patch(`/pages/${original.id}`, { locale: "de" });
    expect(answer.status).toBe(409);
    expect(Object.keys(answer.body.error.details.fields)).toEqual(["locale"]);
    expect((await at.site.patch(`/pages/${original.id}`, { locale: "fr" })).status).toBe(200);
  });

  it("translations made for one locale at the same time: one is made", async () => {
    const original = await page("Home");
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        at.site.post("/pages", { title: "Start", locale: "de", translationOf: original.id }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });

  it("of two pages made translations of each other at the same time, one is", async () => {
    const english = await page("Home");
    const german = await page("Start", { locale: "de" });
    const answers = await Promise.all([
      at.site.patch(`/pages/${english.id}`, { translationOf: german.id }),
      at.site.patch(`/pages/${german.id}`, { translationOf: english.id }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it("translations stay together when the page they translate is deleted: the oldest becomes the original", async () => {
    const original = await page("Jobs");
    const french = await page("Emplois", { locale: "fr", translationOf: original.id });
    const german = await page("Stellen", { locale: "de", translationOf: original.id });
    expect((await at.site.delete(`/pages/${original.id}`)).status).toBe(204);
    expect([(await read(french.id)).translationOf, (await read(german.id)).translationOf]).toEqual([null, french.id]);
    expect((await eventsOf(env.DB, german.id)).at(-1)?.data).toEqual(await read(german.id));
    const english = await page("Jobs", { translationOf: french.id });
    await at.site.delete(`/pages/${french.id}`);
    const left = await Promise.all([german, english].map(async ({ id }) => (await read(id)).translationOf));
    expect(left).toEqual([null, german.id]);
  });

  it("a translation becomes an original when the page it translates is deleted, with a new version and its event", async () => {
    const original = await page("Home");
    const german = await page("Start", { locale: "de", translationOf: original.id });
    expect((await at.site.delete(`/pages/${original.id}`)).status).toBe(204);
    const freed = await read(german.id);
    expect(freed).toEqual({ ...german, translationOf: null, version: 2, updatedAt: freed.updatedAt });
    expect(freed.updatedAt > german.updatedAt).toBe(true);
    expect((await eventsOf(env.DB, german.id)).at(-1)).toEqual({ type: "page.updated", data: freed });
  });
});

describe("parents", () => {
  it("parents are pages of the same site, and found by the filter", async () => {
    const parent = await page("Shop");
    const child = await page("Bread", { parentId: parent.id });
    const list = await at.site.get(`/pages?parentId=${parent.id}`);
    expect(list.body.data).toEqual([child]);
    const stranger = await makeSite(clock);
    const theirs = await stranger.site.create("/pages", { title: "Theirs" });
    for (const id of [theirs.id, "page_01KAGW6PSZ0000000000000000", ""]) {
      await expectRefused({ parentId: id }, "parentId");
    }
    expect((await at.site.patch(`/pages/${child.id}`, { parentId: null })).body.data.parentId).toBeNull();
  });

  it("parents never form a circle, however long", async () => {
    const chain = [await page("0")];
    for (let depth = 1; depth <= 6; depth += 1) chain.push(await page(`${depth}`, { parentId: chain.at(-1).id }));
    for (const below of chain) {
      const answer = await at.site.patch(`/pages/${chain[0].id}`, { parentId: below.id });
      expect(answer.status).toBe(400);
      expect(Object.keys(answer.body.error.details.fields)).toEqual(["parentId"]);
    }
    expect((await at.site.patch(`/pages/${chain[6].id}`, { parentId: chain[0].id })).status).toBe(200);
  });

  it("of two pages put below each other at the same time, one is", async () => {
    const [a, b] = [await page("A"), await page("B")];
    const answers = await Promise.all([
      at.site.patch(`/pages/${a.id}`, { parentId: b.id }),
      at.site.patch(`/pages/${b.id}`, { parentId: a.id }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it("parents hand their children to their own parent when they are deleted, each with a new version and its event", async () => {
    const top = await page("Top");
    const middle = await page("Middle", { parentId: top.id });
    const children = [await page("One", { parentId: middle.id }), await page("Two", { parentId: middle.id })];
    const bystander = await page("Bystander", { parentId: top.id });
    await at.site.delete(`/pages/${middle.id}`);
    for (const child of children) {
      const moved = await read(child.id);
      expect(moved).toEqual({ ...child, parentId: top.id, version: 2, updatedAt: moved.updatedAt });
      expect((await eventsOf(env.DB, child.id)).at(-1)).toEqual({ type: "page.updated", data: moved });
    }
    expect(await read(bystander.id)).toEqual(bystander);
    await at.site.delete(`/pages/${top.id}`);
    expect((await read(children[0]?.id)).parentId).toBeNull();
  });

  it("parents deleted twice in one moment leave every child an event for each move", async () => {
    const top = await page("Top");
    const middle = await page("Middle", { parentId: top.id });
    const child = await page("Child", { parentId: middle.id });
    const moment = clock.time;
    await at.site.delete(`/pages/${middle.id}`);
    clock.time = moment;
    expect((await at.site.delete(`/pages/${top.id}`)).status).toBe(204);
    expect((await eventsOf(env.DB, child.id)).map(({ data }) => data.version)).toEqual([1, 2, 3]);
  });

  it("parents deleted while a page is put below them: the page is refused or moved up, never left hanging", async () => {
    for (let round = 0; round < 5; round += 1) {
      const parent = await page("Parent");
      const [made] = await Promise.all([
        at.site.post("/pages", { title: "Child", parentId: parent.id }),
        at.site.delete(`/pages/${parent.id}`),
      ]);
      if (made.status === 201) expect((await read(made.body.data.id)).parentId).toBeNull();
      else expect(made.status).toBe(400);
    }
  });
});

describe("deleting", () => {
  it("deleting a page removes the page for good, once, and tells it with the page as it was", async () => {
    const gone = await page("Gone");
    const answer = await at.site.delete(`/pages/${gone.id}`);
    expect(answer.status).toBe(204);
    for (const method of ["GET", "PATCH", "PUT", "DELETE"]) {
      const body = ["PATCH", "PUT"].includes(method) ? { title: "Back" } : undefined;
      expect((await at.site.send(method, `/pages/${gone.id}`, { body })).status).toBe(404);
    }
    expect((await eventsOf(env.DB, gone.id)).at(-1)).toEqual({ type: "page.deleted", data: gone });
    expect((await at.site.get("/pages")).body.pagination.total).toBe(0);
  });

  it("deleting a page by 10 callers at once happens once", async () => {
    const gone = await page("Gone");
    const answers = await Promise.all(Array.from({ length: 10 }, () => at.site.delete(`/pages/${gone.id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(404)]);
    expect((await eventsOf(env.DB, gone.id)).map(({ type }) => type)).toEqual(["page.created", "page.deleted"]);
  });
});
