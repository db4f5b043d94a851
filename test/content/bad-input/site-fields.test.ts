import { beforeAll, describe, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { expectRefused, SHORT } from "./refusals.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

describe("sites", () => {
  it.each([
    ["an unknown field", { colour: 1 }, "colour"],
    ["an empty name", { name: " " }, "name"],
    ["an endless name", { name: "x".repeat(5_000) }, "name"],
    ["a slug of symbols", { slug: "!!" }, "slug"],
    ["locales that are no list", { locales: "en" }, "locales"],
    [
      "51 locales",
      { locales: Array.from({ length: 51 }, (_, i) => `a${String.fromCharCode(97 + (i % 26))}`) },
      "locales",
    ],
    ["settings that are no object", { settings: [] }, "settings"],
    ["101 settings", { settings: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`s${i}`, i])) }, "settings"],
    ["a token that ends its rule", { designTokens: { color: "red;}body{" } }, "designTokens.color"],
    ["a token that is no name", { designTokens: { "--x": "1" } }, "designTokens.--x"],
    ["an unknown status", { status: "live" }, "status"],
  ])("a site's body: %s is refused by name and changes nothing", async (_, fields, field) => {
    await expectRefused(
      field,
      () => at.api.post("/sites", { name: "New", ...fields }),
      () => at.site.patch("", fields),
      () => at.site.put("", { name: "New", ...fields }),
    );
  });
});

it("more settings than a row holds, written short, are refused by name", async () => {
  const body = new TextEncoder().encode(`{"name":"New","settings":{"a":${SHORT}}}`);
  await expectRefused(
    "settings",
    () => at.api.send("POST", "/sites", { body }),
    () => at.site.send("PATCH", "", { body }),
    () => at.site.send("PUT", "", { body }),
  );
});
