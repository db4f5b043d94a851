import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;

beforeEach(async () => {
  site = await makeVisitedSite(clock);
});

type Listed = {
  id: string;
  key: string;
  name: string;
  published: boolean;
  version: number;
  fields: { name: string }[];
};
const forms = async (query = ""): Promise<Listed[]> => (await site.ask("GET", `/forms${query}`)).body.data;
const form = (props: object) => ({ type: "FormBuilderSection", props });
const FIELDS = [{ type: "text", label: "Your name" }];
const HERO = { type: "HeroSection", props: { title: "Bread" } };

describe("the forms of a website", () => {
  it("are those of its live deployment: none before it is published, and drafts change nothing", async () => {
    const page = await site.page({ title: "A", blocks: [form({ heading: "One", fields: FIELDS, formId: "one" })] });
    expect(await forms()).toEqual([]);
    await site.publish();
    expect(await forms()).toMatchObject([
      { key: "one", name: "One", published: true, pageId: page, fields: [{ name: "your_name", type: "text" }] },
    ]);
    await site.change(page, { blocks: [form({ heading: "Two", fields: FIELDS, formId: "one" })] });
    expect((await forms())[0]?.name).toBe("One");
    await site.publish();
    expect((await forms())[0]).toMatchObject({ name: "Two", version: 2 });
  });

  it("keep their id when they move on the page, when it is renamed and published anew, with a name of their own or without", async () => {
    const [named, nameless] = [
      form({ heading: "N", fields: FIELDS, formId: "n" }),
      form({ heading: "L", fields: FIELDS }),
    ];
    const page = await site.page({ title: "A", blocks: [named, nameless] });
    await site.publish();
    const ids = async () => (await forms()).map(({ id, key }) => [id, key]).sort();
    const before = await ids();
    expect(before).toHaveLength(2);
    await site.change(page, { title: "B", slug: "moved", blocks: [nameless, HERO, named] });
    await site.publish();
    expect(await ids()).toEqual(before);
  });

  it("are one with those of translations, and of other pages under the same name", async () => {
    const block = form({ heading: "One", fields: FIELDS });
    const page = await site.page({ title: "A", blocks: [block] });
    await site.page({
      title: "A",
      locale: "de",
      translationOf: page,
      blocks: [{ ...block, props: { ...block.props, heading: "Eins" } }],
    });
    await site.publish();
    expect(await forms()).toMatchObject([{ name: "One", pageId: page }]);
  });

  it("are marked when they are published no more, with their submissions, and come back as they were", async () => {
    const page = await site.page({ title: "A", blocks: [form({ heading: "One", fields: FIELDS, formId: "one" })] });
    await site.publish();
    const [{ id }] = (await forms()) as [Listed];
    await site.ask("PATCH", `/forms/${id}`, { keptDays: 30 });
    await site.change(page, { blocks: [HERO] });
    await site.publish();
    expect(await forms()).toMatchObject([{ id, published: false, fields: [{ name: "your_name" }] }]);
    expect([(await forms("?published=true")).length, (await forms("?published=false")).length]).toEqual([0, 1]);
    await site.ask("POST", "/rollback", {});
    expect(await forms()).toMatchObject([{ id, published: true, keptDays: 30 }]);
  });

  it("have the fields of the deployment that is live, forwards and backwards", async () => {
    const page = await site.page({ title: "A", blocks: [form({ fields: FIELDS, formId: "one" })] });
    await site.publish();
    await site.change(page, {
      blocks: [form({ fields: [...FIELDS, { type: "email", label: "E-mail" }], formId: "one" })],
    });
    await site.publish();
    const names = async () => (await forms())[0]?.fields.map(({ name }) => name);
    expect(await names()).toEqual(["your_name", "e_mail"]);
    await site.ask("POST", "/rollback", {});
    expect(await names()).toEqual(["your_name"]);
  });

  it("what their blocks say wrongly is told by the publish and not taken", async () => {
    const fields = [
      { type: "rocket", label: "X" },
      { type: "select", label: "No answers" },
      { label: "Same" },
      { label: "Same" },
      { label: "名前" },
      { label: "Bad name", name: "_token" },
    ];
    await site.page({
      title: "A",
      blocks: [form({ fields, formId: "Not a key!", redirectTo: "https://evil.example" })],
    });
    const { warnings } = await site.publish();
    const told = (warnings as { code: string; path: string }[]).map(({ code, path }) => [code, path]);
    expect(told).toContainEqual(["unused_property", "blocks[0].props.formId"]);
    expect(told).toContainEqual(["unsafe_link", "blocks[0].props.redirectTo"]);
    const [found] = await forms();
    expect(found?.fields.map(({ name }) => name)).toEqual(["same", "same-2", "field", "bad_name"]);
    expect(found?.key).toMatch(/^[0-9a-z]{26}-1$/);
  });

  it("are not made by callers", async () => {
    expect((await site.ask("POST", "/forms", { key: "x" })).status).toBe(405);
  });
});
