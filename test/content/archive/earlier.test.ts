import { describe, expect, it } from "vitest";
import { kindOf } from "../../../src/content/archive/resource-kind.ts";
import { PRODUCTS } from "../../../src/content/shop/products/resource.ts";
import { sampleId } from "../../../src/core/events/sample.ts";
import { makeWorkspace, TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();

describe("an archive from before", () => {
  it("an archive from before products had languages, a tax class or a limit for their stock is read with what those are by themselves", async () => {
    const { ctx } = await makeWorkspace(clock);
    const record = {
      id: sampleId("prod"),
      siteId: sampleId("site"),
      title: "Sourdough loaf",
      slug: "sourdough-loaf",
      description: null,
      price: 650,
      currency: "EUR",
      images: [],
      category: "Bread",
      sku: null,
      stock: 20,
      type: "physical",
      active: true,
      variants: [{ id: sampleId("var"), title: "Small", sku: null, price: null, stock: 2 }],
    };
    const row = await kindOf(PRODUCTS as never).read(record, { ctx, site: () => ({}) } as never);
    expect(row).toMatchObject({
      stock: 20,
      lowStockAt: null,
      taxClass: "standard",
      translations: {},
      downloadUrl: null,
      variants: [{ title: "Small", stock: 2, image: null, options: {} }],
    });
  });
});
