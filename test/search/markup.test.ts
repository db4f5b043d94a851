import { beforeAll, describe, expect, it } from "vitest";
import { Client, makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";

const HTML = `<p class="hero">So<b>ur</b>dough &amp; Caf&eacute;<br>Rye</p><p>Oats</p>
  <script>secret()</script><style>.gray{}</style><!-- hidden --><a href="/target" title="tip">Menu</a> 3 < 4`;
const READ = ["sourdough", "cafe", "rye", "oats", "menu", "4"];
const UNREAD = ["class", "hero", "eacute", "amp", "ryeoats", "secret", "gray", "hidden", "href", "target", "tip"];

const clock = new TestClock();
let at: TestSite;
let platform: Client;

beforeAll(async () => {
  at = await makeSite(clock);
  platform = new Client(clock, at.api.headers, "/api/v1");
});

const WAYS: Record<string, () => Promise<(search: string) => Promise<number>>> = {
  "the blocks of a page": async () => {
    await at.site.create("/pages", {
      title: "Page",
      blocks: [
        { type: "TextSection", props: { html: HTML } },
        { type: "Unknown", props: { deep: [{ text: HTML }] } },
      ],
    });
    return async (search) => (await at.site.get(`/pages?search=${search}`)).body.pagination.total;
  },
  "the content of a post": async () => {
    await platform.create("/posts", { title: "Post", slug: "post", content: HTML });
    return async (search) => (await platform.get(`/posts?search=${search}`)).body.meta.total;
  },
  "the description of a product": async () => {
    await at.site.create("/shop/products", { title: "Loaf", price: 1, description: HTML });
    return async (search) => (await at.site.get(`/shop/products?search=${search}`)).body.pagination.total;
  },
};

describe("search within HTML", () => {
  it.each(Object.entries(WAYS))(
    "search finds what readers read of HTML, and nothing of its markup: %s",
    async (_, make) => {
      const total = await make();
      const found = await Promise.all(READ.map(total));
      expect(READ.filter((_word, index) => found[index] !== 1)).toEqual([]);
      const hidden = await Promise.all(UNREAD.map(total));
      expect(UNREAD.filter((_word, index) => hidden[index] !== 0)).toEqual([]);
    },
  );

  it("search finds what looks like markup in a title as it stands there", async () => {
    const { id } = await platform.create("/posts", { title: "How <b> and <wbr> differ" });
    const { body } = await platform.get(`/posts?search=${encodeURIComponent("<WBR> differ")}`);
    expect(body.data.map((it: { id: number }) => it.id)).toEqual([id]);
  });
});
