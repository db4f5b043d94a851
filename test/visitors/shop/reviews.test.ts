import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";

const clock = new TestClock();
let site: VisitedSite;
let productId: string;

const made = async (path: string, body: object) => {
  clock.advance(1_000);
  const answer = await site.ask("POST", path, body);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.data;
};
const review = (body: object = {}) =>
  made("/reviews", { productId, rating: 5, text: "Good", author: "Ada", status: "approved", ...body });
const textOf = async (path: string) => (await site.visit(path)).text();
// biome-ignore lint/suspicious/noExplicitAny: tests look into all of it
const productIn = (text: string): any =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? "{}")["@graph"].find(
    (it: { "@type": string }) => it["@type"] === "Product",
  );

beforeEach(async () => {
  site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  productId = (await made("/shop/products", { title: "Rye", slug: "rye", price: 650 })).id;
});

describe("reviews on a product's page", () => {
  it("are those that are approved, as they are now, with the owner's answers and the average", async () => {
    await site.publish();
    await review({ status: "pending", text: "Wait for it" });
    await review({ status: "rejected", text: "Never" });
    const { id } = await review({ title: "Great", text: "Crust\nas it should be", rating: 4 });
    await review({ rating: 5 });
    await site.ask("PATCH", `/reviews/${id}`, { answer: "Thank you!" });
    const text = await textOf("/shop/products/rye");
    expect(text).toContain("4.5 out of 5 from 2 reviews");
    expect(text).toContain("Crust<br>as it should be");
    expect(text).toContain("Thank you!");
    expect(text).not.toMatch(/Wait for it|Never/);
    await site.ask("PATCH", `/reviews/${id}`, { status: "rejected" });
    expect(await textOf("/shop/products/rye")).not.toContain("as it should be");
  });

  it("are text, whatever is in them, on the page and in what programs are told", async () => {
    await site.publish();
    const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'`;
    await review({ title: hostile, text: hostile, author: hostile });
    const text = await textOf("/shop/products/rye");
    expect(text).toContain("&lt;/script&gt;&lt;script&gt;alert(1)");
    expect(text).not.toContain("<script>alert(1)");
    expect(text).not.toContain("<img src=x");
    expect(productIn(text).review[0]).toMatchObject({ reviewBody: hostile, author: { name: hostile } });
  });

  it("are told to programs with their average, which others than products without reviews have", async () => {
    await site.publish();
    expect(productIn(await textOf("/shop/products/rye"))).not.toHaveProperty("aggregateRating");
    expect(await textOf("/shop/products/rye")).not.toContain('id="reviews"');
    await review({ rating: 4 });
    expect(productIn(await textOf("/shop/products/rye"))).toMatchObject({
      aggregateRating: { ratingValue: 4, reviewCount: 1, bestRating: 5 },
      review: [{ "@type": "Review", reviewRating: { ratingValue: 4 } }],
    });
  });

  it("go on where a page ends, and lead back to the newest", async () => {
    await site.publish();
    for (let n = 1; n <= 12; n += 1) await review({ text: `Review no. ${n}.` });
    const first = await textOf("/shop/products/rye");
    expect([first.includes("no. 12."), first.includes("no. 3."), first.includes("no. 2.")]).toEqual([
      true,
      true,
      false,
    ]);
    const older = /<a rel="next" href="([^"]*\?reviews=[^"#]*)#reviews">/.exec(first)?.[1] as string;
    const path = older.replaceAll("&amp;", "&").slice(`/s/${site.slug}`.length);
    const next = await textOf(path);
    expect([next.includes("no. 2."), next.includes("no. 1."), next.includes("no. 3.")]).toEqual([true, true, false]);
    expect(next).toContain(`href="/s/${site.slug}/shop/products/rye#reviews"`);
    expect((await site.visit("/shop/products/rye?reviews=' OR 1=1")).status).toBe(200);
  });

  it("change the page's ETag", async () => {
    await site.publish();
    const etag = async () => (await site.visit("/shop/products/rye")).headers.get("ETag");
    const before = await etag();
    await review();
    expect(await etag()).not.toBe(before);
  });

  it("give their product its stars in lists", async () => {
    await site.publish();
    await review({ rating: 4 });
    expect(await textOf("/shop")).toContain("4 out of 5 from 1 review");
  });
});

describe("the block ReviewList", () => {
  it("shows the reviews of now on a frozen page: of one product, or of all there is", async () => {
    const blocks = [
      { type: "ReviewList", props: { heading: "Of our rye", product: "rye" } },
      { type: "ReviewListSection", props: { heading: "All", limit: 1 } },
      { type: "ReviewList", props: { heading: "Of nothing", product: "spelt" } },
    ];
    await site.page({ title: "Praise", slug: "praise", blocks });
    await site.publish();
    expect((await textOf("/praise")).match(/There are no reviews yet\./g)).toHaveLength(3);
    await review({ text: "Of the rye." });
    await review({ productId: null, text: "Of the shop." });
    const text = await textOf("/praise");
    expect(text.match(/Of the rye\./g)).toHaveLength(1);
    expect(text.match(/Of the shop\./g)).toHaveLength(1);
    expect(text.match(/There are no reviews yet\./g)).toHaveLength(1);
  });
});
