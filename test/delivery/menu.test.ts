import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

interface Item {
  label: string;
  children: Item[];
}

const clock = new TestClock();
let site: VisitedSite;

const outline = (items: Item[]): unknown[] =>
  items.map(({ label, children }) => (children.length > 0 ? [label, outline(children)] : label));
const menu = async (locale: string) => {
  const { body } = await call("GET", `/api/menu?site=${site.id}&locale=${locale}`, { headers: site.headers });
  return outline(body.items);
};

beforeEach(async () => {
  site = await makeVisitedSite(clock, { locales: ["en", "de"] });
});

describe("a translated page in the menu", () => {
  it("a translated page stands below its parent's translation, whichever version names the parent", async () => {
    const about = await site.page({ title: "About" });
    const uber = await site.page({ title: "Über uns", locale: "de", translationOf: about });
    const team = await site.page({ title: "Team", parentId: about });
    await site.page({ title: "Mannschaft", locale: "de", translationOf: team, parentId: about });
    await site.page({ title: "Anfahrt", locale: "de", parentId: uber });
    await site.page({ title: "Press", parentId: uber });
    await site.publish();
    expect(await menu("de")).toEqual([["Über uns", ["Mannschaft", "Anfahrt"]]]);
    expect(await menu("en")).toEqual([["About", ["Team", "Press"]]]);
  });

  it("a translated page moves up where its parent is not translated, and is hidden with a hidden one", async () => {
    const about = await site.page({ title: "About" });
    await site.page({ title: "Über uns", locale: "de", translationOf: about });
    const team = await site.page({ title: "Team", parentId: about });
    await site.page({ title: "Anna", locale: "de", parentId: team });
    const only = await site.page({ title: "Only English" });
    await site.page({ title: "Hilfe", locale: "de", parentId: only });
    const legal = await site.page({ title: "Legal" });
    await site.page({ title: "Recht", locale: "de", translationOf: legal, navigation: { hidden: true } });
    await site.page({ title: "Impressum", locale: "de", parentId: legal });
    await site.publish();
    expect(await menu("de")).toEqual([["Über uns", ["Anna"]], "Hilfe"]);
  });

  it("a translated page finds its place after the original of both has been deleted", async () => {
    const about = await site.page({ title: "About" });
    const uber = await site.page({ title: "Über uns", locale: "de", translationOf: about });
    const team = await site.page({ title: "Mannschaft", locale: "de", parentId: uber });
    await site.ask("DELETE", `/pages/${about}`);
    await site.publish();
    expect((await site.ask("GET", `/pages/${team}`)).body.data.parentId).toBe(uber);
    expect(await menu("de")).toEqual([["Über uns", ["Mannschaft"]]]);
  });
});
