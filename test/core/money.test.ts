import { describe, expect, it } from "vitest";
import { CURRENCIES, minorDigits } from "../../src/core/money.ts";
import { priceOf } from "../../src/rendering/blocks/money.ts";
import { propsOf } from "../../src/rendering/text/props.ts";

describe("money", () => {
  it("money is divided by the minor unit of ISO 4217, not by the digits a price is usually shown with", () => {
    const amounts = {
      EUR: "12345.67",
      HUF: "12345.67",
      RSD: "12345.67",
      IDR: "12345.67",
      JPY: "1234567",
      KWD: "1234.567",
      CLF: "123.4567",
    };
    for (const [currency, amount] of Object.entries(amounts)) {
      const shown = priceOf(propsOf({ price: 1_234_567 }), propsOf({ currency }), "en");
      expect(`${currency} ${shown.replace(/[^\d.]/g, "")}`).toBe(`${currency} ${amount}`);
    }
  });

  it("money may be in any currency of ISO 4217, also one the runtime does not list", () => {
    for (const code of ["EUR", "SLE", "VED", "XCG", "ZWG", "CLF", "UYW", "MXV"])
      expect(CURRENCIES, code).toContain(code);
    for (const code of ["EURO", "eur", "ABC", ""]) expect(CURRENCIES, code).not.toContain(code);
  });

  it("money has two decimal digits where ISO 4217 says nothing else", () => expect(minorDigits("EUR")).toBe(2));
});
