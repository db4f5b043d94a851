import { beforeAll, describe, expect, it } from "vitest";
import { shopSettingsOf } from "../../../src/content/shop/settings/settings.ts";
import { rateOf } from "../../../src/content/shop/settings/tax.ts";
import { methodsTo, shippingCost } from "../../../src/content/shop/settings/shipping.ts";
import { TestClock } from "../../support/fixtures.ts";
import { makeSite, type TestSite } from "../../support/client.ts";

const POST = { id: "post", name: "By post", countries: ["NL"], amount: 495 };

let at: TestSite;

beforeAll(async () => {
  at = await makeSite(new TestClock());
});

const set = (shop: unknown) => at.api.patch(`/sites/${at.siteId}`, { settings: { shop } });

describe("settings.shop", () => {
  it("what a shop says of itself is kept with what it leaves out", async () => {
    const { status, body } = await set({
      tax: { rates: [{ country: "NL", rate: 21 }] },
      shipping: { methods: [POST, { ...POST, id: "courier", countries: ["*"], currency: "USD", freeFrom: 0 }] },
    });
    expect(status).toBe(200);
    expect(body.data.settings.shop).toMatchObject({
      tax: { included: true, rates: [{ country: "NL", taxClass: "standard", rate: 21 }] },
      shipping: {
        methods: [
          { ...POST, currency: "EUR", taxClass: "standard" },
          { ...POST, id: "courier", countries: ["*"], currency: "USD", freeFrom: 0, taxClass: "standard" },
        ],
      },
      payment: { manual: { enabled: true, instructions: "", holdHours: 168 }, holdMinutes: 60 },
      lowStockAt: null,
    });
    expect(shopSettingsOf(body.data)).toEqual(body.data.settings.shop);
  });

  it.each([
    [{ tax: { rates: [{ country: "NL", rate: 101 }] } }, "tax.rates.0.rate"],
    [{ tax: { rates: [{ country: "NL", rate: -1 }] } }, "tax.rates.0.rate"],
    [{ tax: { rates: [{ country: "NL", rate: 8.8755 }] } }, "tax.rates.0.rate"],
    [{ tax: { rates: [{ country: "NL", rate: 1e-7 }] } }, "tax.rates.0.rate"],
    [{ tax: { rates: [{ country: "NL" }] } }, "tax.rates.0.rate"],
    [{ tax: { rates: [{ country: "UK", rate: 20 }] } }, "tax.rates.0.country"],
    [{ tax: { rates: [{ country: "nl", rate: 20 }] } }, "tax.rates.0.country"],
    [{ tax: { rates: [1, 2].map((rate) => ({ country: "*", rate })) } }, "tax.rates.1.country"],
    [{ tax: { included: "yes" } }, "tax.included"],
    [{ shipping: { methods: [POST, POST] } }, "shipping.methods.1.id"],
    [{ shipping: { methods: [{ ...POST, id: "By post" }] } }, "shipping.methods.0.id"],
    [{ shipping: { methods: [{ ...POST, countries: ["NL", "XX"] }] } }, "shipping.methods.0.countries.1"],
    [{ shipping: { methods: [{ ...POST, countries: ["NL", "NL"] }] } }, "shipping.methods.0.countries"],
    [{ shipping: { methods: [{ ...POST, countries: [] }] } }, "shipping.methods.0.countries"],
    [{ shipping: { methods: [{ ...POST, amount: 4.95 }] } }, "shipping.methods.0.amount"],
    [{ shipping: { methods: [{ ...POST, freeFrom: -1 }] } }, "shipping.methods.0.freeFrom"],
    [{ shipping: { methods: [{ ...POST, currency: "EURO" }] } }, "shipping.methods.0.currency"],
    [{ payment: { manual: { holdHours: 0 } } }, "payment.manual.holdHours"],
    [{ payment: { holdMinutes: 1 } }, "payment.holdMinutes"],
    [{ lowStockAt: -1 }, "lowStockAt"],
    [{ vat: 21 }, "vat"],
  ])("%j is refused, naming %s", async (shop, field) => {
    const { status, body } = await set(shop);
    expect(status).toBe(400);
    expect(Object.keys(body.error.details.fields)).toEqual([`settings.shop.${field}`]);
  });

  it("a shop that says nothing, or what was stored before there were rules, taxes nothing and ships for nothing", () => {
    for (const settings of [{}, { shop: null }, { shop: "open" }, { shop: { tax: 21 } }]) {
      const { tax, shipping } = shopSettingsOf({ settings });
      expect([tax.rates, shipping.methods]).toEqual([[], []]);
    }
  });
});

describe("rates and methods", () => {
  const { tax, shipping } = shopSettingsOf({
    settings: {
      shop: {
        tax: {
          rates: [
            { country: "*", rate: 5 },
            { country: "NL", rate: 21 },
            { country: "NL", taxClass: "books", rate: 9 },
          ],
        },
        shipping: { methods: [POST, { ...POST, id: "world", countries: ["*"], freeFrom: 5_000 }] },
      },
    },
  });

  it("a country's own rate of a class holds before that of all others, and what has none is not taxed", () => {
    const rate = (country: string | null, taxClass = "standard") => rateOf(tax, { country, taxClass });
    expect([rate("NL"), rate("NL", "books"), rate("DE"), rate(null)]).toEqual([21, 9, 5, 5]);
    expect(rate("DE", "books")).toBe(0);
  });

  it("methods are those that go to the country in the order's currency", () => {
    const ids = (country: string | null, currency = "EUR") =>
      methodsTo(shipping, { country, currency }).map((it) => it.id);
    expect([ids("NL"), ids("DE"), ids(null), ids("NL", "USD")]).toEqual([["post", "world"], ["world"], ["world"], []]);
  });

  it("shipping costs nothing from the worth at which it is free, and its amount below it", () => {
    const world = methodsTo(shipping, { country: "DE", currency: "EUR" })[0];
    if (!world) throw new Error("no method");
    expect([4_999, 5_000].map((worth) => shippingCost(world, worth))).toEqual([495, 0]);
  });
});
