import { beforeEach, describe, expect, it } from "vitest";
import { START, TestClock } from "../../support/fixtures.ts";
import { type AiWorld, aiWorld, behaving, INTRICATE } from "./world.ts";

const clock = new TestClock();
let world: AiWorld;

beforeEach(async () => {
  clock.time = START;
  world = await aiWorld(clock);
});

const assist = (body: object, bindings = behaving("v1")) => world.ask("assist", body, bindings);

describe("help with a text", () => {
  it.each([
    ["improve", "we bake bread", "We bake bread"],
    ["shorten", "We bake. We have done so since 1987.", "We bake."],
    ["expand", "We bake.", "We bake. Ask us, and we tell you more."],
    ["tone", "We bake.", "We bake. (dry)"],
    ["grammar", "i bake , too", "I bake, too"],
  ])("to %s a text answers the new one and saves nothing", async (instruction, text, expected) => {
    const { status, body, text: all } = await assist({ instruction, text, tone: "dry" });
    expect(status, all).toBe(200);
    expect(body.data).toMatchObject({ instruction, text: expected, seo: null, changes: null });
    expect(await world.tokens()).toBe(body.data.usage.totalTokens);
    expect(await world.pages()).toEqual([]);
  });

  it("help with rich text leaves its tags, addresses and code as they are", async () => {
    const text = '<p>we <a href="https://example.com/a?b=1&amp;c=2">bake</a></p><pre>let a = 1;</pre>';
    const { body } = await assist({ instruction: "expand", text });
    expect(body.data.text).toBe(`${text} Ask us, and we tell you more.`);
  });

  it("for search engines a title and a description are proposed, of a text or of a page", async () => {
    const { id: pageId } = await world.page(INTRICATE);
    for (const about of [{ text: "We bake bread." }, { pageId }]) {
      const { body } = await assist({ instruction: "seo", ...about });
      expect(body.data.seo).toEqual({ title: expect.stringMatching(/^.{1,60}$/), description: expect.any(String) });
    }
  });

  it("for a page every text is proposed anew, with its place, and the page stays as it is", async () => {
    const page = await world.page(INTRICATE);
    const { body } = await assist({ instruction: "tone", tone: "dry", pageId: page.id });
    expect(body.data.changes).toContainEqual({
      path: "blocks[0].props.title",
      before: "Fresh bread, every morning",
      after: "Fresh bread, every morning (dry)",
    });
    expect(body.data.changes.map(({ path }: { path: string }) => path)).toContain("seo.description");
    expect(await world.pages()).toEqual([page]);
  });

  it("pictures of a page that have no description are described, and those that have one are left alone", async () => {
    const images = [
      { src: "https://example.com/a.jpg", caption: "Rye" },
      { src: "/media/b.jpg", alt: "Said" },
    ];
    const { id: pageId } = await world.page({ title: "P", blocks: [{ type: "GallerySection", props: { images } }] });
    const { body } = await assist({ instruction: "alt_text", pageId });
    expect(body.data.changes).toEqual([
      { path: "blocks[0].props.images[0].alt", before: "", after: "Described by the local model: caption: Rye" },
    ]);
  });

  it("a call that says what it is about in no way or in two, or lacks its tone, is refused by name", async () => {
    const fieldsOf = async (body: object) => Object.keys((await assist(body)).body.error.details.fields);
    expect(await fieldsOf({ instruction: "improve" })).toEqual(["text"]);
    expect(await fieldsOf({ instruction: "improve", text: "a", pageId: "b" })).toEqual(["pageId"]);
    expect(await fieldsOf({ instruction: "tone", text: "a" })).toEqual(["tone"]);
    expect(await fieldsOf({ instruction: "sing", text: "a" })).toEqual(["instruction"]);
    expect((await assist({ instruction: "improve", pageId: "page_none" })).status).toBe(404);
  });

  it.each(["nonsense", "wrongKeys", "injection"])(
    "a model that answers %s has nothing of it shown",
    async (behaviour) => {
      const answer = await assist({ instruction: "improve", text: "we bake" }, behaving(behaviour));
      expect([answer.status, answer.body.error.details.reason]).toEqual([503, "ai_answer_unusable"]);
      expect(await world.tokens()).toBeGreaterThan(100);
    },
  );
});
