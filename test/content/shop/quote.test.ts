import { beforeEach, describe, expect, it } from "vitest";
import { type Answer, call, TestClock } from "../../support/fixtures.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
let shop: Shop;

const fieldsOf = ({ body }: Answer) => body.error.details.fields;

const METHODS = [
  { id: "post", name: "By post", countries: ["NL"], amount: 500, freeFrom: 5_000 },
  { id: "world", name: "World-wide", countries: ["*"], amount: 2_000, taxClass: "freight" },
  { id: "usa", name: "In dollars", countries: ["*"], amount: 900, currency: "USD" },
];
const RATES = [
  { country: "NL", rate: 21 },
  { country: "NL", taxClass: "food", rate: 9 },
  { country: "*", taxClass: "freight", rate: 10 },
];

const settle = (more: object = {}, included = true) =>
  call("PATCH", `/v1/sites/${shop.siteId}`, {
    headers: shop.headers,
    body: { settings: { shop: { tax: { included, rates: RATES }, shipping: { methods: METHODS } }, ...more } },
  });
const quote = (body: object) => shop.ask("POST", "/quote", body);
const bought = (body: object) =>
  shop.ask("POST", "/orders", { customerName: "Bo", customerEmail: "bo@example.com", ...body });
const address = (country: string) => ({ line1: "Mill Street 1", postalCode: "1012 AB", city: "Town", country });

beforeEach(async () => {
  shop = await makeShop(clock);
});

describe("a quote", () => {
  it("a quote tells what an order comes to with tax and shipping, and the order comes to just that", async () => {
    await settle();
    const { id: book } = await shop.product({ title: "Book", price: 1_210 });
    const { id: loaf } = await shop.product({ title: "Loaf", price: 327, taxClass: "food" });
    await shop.ask("POST", "/coupons", { code: "TENTH", type: "percentage", value: 10 });
    const items = [{ productId: book }, { productId: loaf, quantity: 2 }];
    const asked = { items, couponCode: "tenth", shippingMethod: "post" };
    const { status, body } = await quote({ ...asked, country: "NL" });
    expect(status).toBe(200);
    // 1864 less 10 %: 186, of which 121 and 65 (120.78 and 65.28, by largest remainder).
    expect(body.data).toMatchObject({
      subtotal: 1_864,
      discount: 186,
      items: [
        { total: 1_210, discount: 121, taxRate: 21, tax: 189 },
        { total: 654, discount: 65, taxRate: 9, tax: 49 },
      ],
      shipping: 500,
      tax: 189 + 49 + 87,
      taxIncluded: true,
      total: 1_864 - 186 + 500,
      couponCode: "TENTH",
      shippingMethods: [
        { id: "post", name: "By post", amount: 500 },
        { id: "world", name: "World-wide", amount: 2_000 },
      ],
      needsShipping: true,
    });
    const { data: order } = (await bought({ ...asked, shippingAddress: address("NL") })).body;
    for (const name of ["subtotal", "discount", "shipping", "shippingMethod", "tax", "taxIncluded", "total"]) {
      expect([name, order[name]]).toEqual([name, body.data[name]]);
    }
    expect(order.items.map(({ taken: _, ...it }: { taken: number }) => it)).toEqual(body.data.items);
    expect((await shop.ask("GET", "/coupons")).body.data[0].uses).toBe(1);
  });

  it("tax that is not included is added, to shipping too, by the rates of where it goes", async () => {
    await settle({}, false);
    const { id: productId } = await shop.product({ price: 1_000 });
    const asked = { items: [{ productId }], shippingMethod: "world" };
    const there = await quote({ ...asked, country: "NL" });
    expect(there.body.data).toMatchObject({ tax: 210 + 200, taxIncluded: false, total: 1_000 + 2_000 + 410 });
    const abroad = await quote({ ...asked, country: "DE" });
    expect(abroad.body.data).toMatchObject({ tax: 200, total: 3_200 });
  });

  it("an order that says no country is taxed and shipped as where the business is", async () => {
    const { id: productId } = await shop.product({ price: 1_210 });
    const asked = { items: [{ productId }] };
    await settle();
    expect((await quote(asked)).body.data).toMatchObject({ tax: 0, shippingMethods: [{ id: "world" }] });
    await settle({ business: { address: { country: "NL" } } });
    expect((await quote(asked)).body.data).toMatchObject({
      tax: 210,
      shipping: 0,
      shippingMethod: null,
      shippingMethods: [{ id: "post" }, { id: "world" }],
    });
  });

  it("shipping costs nothing from what it is free from, after the discount, or with a coupon for it", async () => {
    await settle();
    const { id: productId } = await shop.product({ price: 5_000 });
    await shop.ask("POST", "/coupons", { code: "CENT", type: "fixed", value: 1, currency: "EUR" });
    await shop.ask("POST", "/coupons", { code: "SENT", type: "free_shipping" });
    const shipping = async (couponCode: string | null, shippingMethod = "post") =>
      (await quote({ items: [{ productId }], couponCode, shippingMethod, country: "NL" })).body.data.shipping;
    expect([await shipping(null), await shipping("CENT"), await shipping("SENT", "world")]).toEqual([0, 500, 0]);
  });

  it("what is not sent needs no shipping, and can have none", async () => {
    await settle();
    const { id: productId } = await shop.product({ type: "digital" });
    const { body } = await quote({ items: [{ productId }], country: "NL" });
    expect(body.data).toMatchObject({ needsShipping: false, shippingMethods: [] });
    const refused = await quote({ items: [{ productId }], country: "NL", shippingMethod: "post" });
    expect([refused.status, fieldsOf(refused)]).toEqual([400, { shippingMethod: expect.anything() }]);
  });

  it.each([
    [{ shippingMethod: "pigeon" }, "shippingMethod"],
    [{ shippingMethod: "post", country: "DE" }, "shippingMethod"],
    [{ shippingMethod: "usa" }, "shippingMethod"],
    [{ country: "nl" }, "country"],
    [{ couponCode: "NOPE" }, "couponCode"],
    [{ customerEmail: "nobody" }, "customerEmail"],
    [{ items: [] }, "items"],
    [{ items: [{ productId: "prod_none" }] }, "items.0.productId"],
    [{ colour: "red" }, "colour"],
  ])("%j is refused, naming %s", async (wrong, field) => {
    await settle();
    const { id: productId } = await shop.product({});
    const refused = await quote({ items: [{ productId }], country: "NL", ...wrong });
    expect(refused.status).toBe(400);
    expect(Object.keys(fieldsOf(refused))).toEqual([field]);
  });

  it("an order whose tax would lift it above the largest amount is refused", async () => {
    await settle({}, false);
    const { id: productId } = await shop.product({ price: 9_999_999_999 });
    const refused = await quote({ items: [{ productId }], country: "NL" });
    expect(fieldsOf(refused)).toHaveProperty("items");
  });

  it("currencies of no and of three digits are reckoned in their own minor units", async () => {
    await settle();
    for (const [currency, price, tax] of [
      ["JPY", 1_000, 174],
      ["KWD", 12_345, 2_143],
    ] as const) {
      const { id: productId } = await shop.product({ price, currency });
      const { body } = await quote({ items: [{ productId }], country: "NL" });
      expect(body.data).toMatchObject({ currency, total: price, tax, shippingMethods: [] });
    }
  });
});
