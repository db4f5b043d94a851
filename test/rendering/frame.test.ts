import { describe, expect, it } from "vitest";
import { daysIn } from "../../src/rendering/page/dates.ts";
import { directionOf } from "../../src/rendering/page/direction.ts";
import { contactOf } from "../../src/rendering/page/footer.ts";
import { iconOf } from "../../src/rendering/page/icon.ts";

describe("what stands around a page", () => {
  it.each([
    [
      "rtl",
      "ar fa he ur yi ps sd ug dv ckb ks arc nqo pa-PK pa-Arab az-IR uz-AF ku-IQ ha-Arab kk-CN ff-Adlm syr ms-Arab",
    ],
    ["ltr", "en de-AT zh-Hant-TW pa pa-IN az uz ku sd-Deva ur-Latn ja hi he-Latn tr sr-Cyrl"],
  ])("what stands around a page runs %s where the language's script does: %s", (direction, locales) => {
    for (const locale of locales.split(" ")) expect([locale, directionOf(locale)]).toEqual([locale, direction]);
  });

  it.each([
    ["Pacific/Kiritimati", "en", "November 21, 2026"],
    ["America/New_York", "en", "November 20, 2026"],
    ["Europe/Berlin", "de", "20. November 2026"],
    [null, "en", "November 20, 2026"],
    ["No/Where", "en", "November 20, 2026"],
  ])("what stands around a page says days as they are in %s, in %s", (timeZone, locale, day) => {
    const time = '<time datetime="2026-11-20T12:00:00.000Z">';
    expect(daysIn(`<p>${time}</time></p>`, locale, timeZone)).toBe(`<p>${time}${day}</time></p>`);
    expect(daysIn(`${time}yesterday</time>`, locale, timeZone)).toBe(`${time}yesterday</time>`);
  });

  it("what stands around a page says how to reach its owner, and nothing that is no address", () => {
    expect(contactOf({ contactEmail: "a@b.example", phone: "+31 20 123", address: "Mill Street 1\nTown" })).toEqual({
      email: "a@b.example",
      phone: "+31 20 123",
      address: "Mill Street 1\nTown",
    });
    const none = { email: null, phone: null, address: null };
    expect(contactOf({ contactEmail: "a@b?bcc=c@d", phone: "call us", address: 7 })).toEqual(none);
    expect(contactOf({})).toEqual(none);
  });

  it("what stands around a page has an icon of the site's name and colour", () => {
    expect(iconOf("élan", { colorPrimary: "#ffe600" })).toMatch(/fill="#ffe600".*fill="#000000">É</);
    expect(iconOf("<x", { colorPrimary: 'red"/><script>' })).toMatch(/fill="#1d4ed8".*>&lt;</);
  });
});
