import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { childrenOf, parseXml } from "../support/xml.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;

const nav = async (path = "/") =>
  /<nav[^>]*>(.*?)<\/nav>/s.exec(await (await site.visitAfresh(path)).text())?.[1] ?? "";
const labels = async () => [...(await nav()).matchAll(/<a [^>]*>(.*?)<\/a>/g)].map(([, label]) => label);
const map = async (name: string) => parseXml(await (await site.visit(`/${name}`)).text());

beforeEach(async () => {
  site = await makeVisitedSite(clock);
});

describe("the navigation of a page", () => {
  it("the navigation of a page shows what stands below its entries, and says which is read", async () => {
    const about = await site.page({ title: "About", slug: "about" });
    const team = await site.page({ title: "Team", slug: "team", parentId: about });
    await site.page({ title: "Anna", slug: "anna", parentId: team });
    await site.page({ title: "Home of ours", slug: "home", parentId: about });
    await site.publish();
    const base = `/s/${site.slug}`;
    const items = [
      `<li><a href="${base}/team">Team</a><ul><li><a href="${base}/anna" aria-current="page">Anna</a></li></ul></li>`,
      `<li><a href="${base}/home">Home of ours</a></li>`,
    ];
    expect(await nav("/anna")).toBe(`<ul><li><a href="${base}/about">About</a><ul>${items.join("")}</ul></li></ul>`);
  });

  it("the navigation of a page has every entry, however many there are", async () => {
    for (let number = 1; number <= 25; number += 1) await site.page({ title: `Page ${number}` });
    await site.publish();
    expect(await labels()).toHaveLength(25);
  });

  it("the navigation of a page takes up new ones by itself until somebody has arranged it", async () => {
    const home = await site.page({ title: "Home", slug: "home" });
    await site.page({ title: "About" });
    await site.change(home, { navigation: { label: "Start", order: 1 } });
    await site.page({ title: "Campaign" });
    await site.page({ title: "Asked for", navigation: { order: 2 } });
    await site.page({ title: "Below", parentId: home });
    await site.page({ title: "Deutsch", locale: "de" });
    await site.publish();
    expect(await labels()).toEqual(["About", "Start", "Below", "Asked for"]);
    expect(await nav("/de/")).toContain("Deutsch");
  });
});

describe("the sitemap", () => {
  it("the sitemap of more than 50,000 addresses is an index of parts that have them all, once", async () => {
    await site.page({ title: "Home", slug: "home" });
    const { number } = await site.publish();
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
      INSERT INTO frozen_pages (site_id, page_id, first_number, page_version, locale, slug, title, page)
      SELECT ?1, 'page_' || i, ?2, 1, 'en', 'page-' || i, 'Page', '{"updatedAt":"2026-11-20T12:00:00.000Z"}' FROM n`,
    )
      .bind(site.id, number)
      .run();
    clock.advance(1_001);
    const base = `https://api.example.com/s/${site.slug}`;
    const index = await map("sitemap.xml");
    expect(index.name).toBe("sitemapindex");
    const parts = childrenOf(index, "sitemap").map((it) => childrenOf(it, "loc")[0]?.text);
    expect(parts).toEqual([`${base}/sitemap-1.xml`, `${base}/sitemap-2.xml`]);
    const texts = await Promise.all(
      ["/sitemap-1.xml", "/sitemap-2.xml"].map(async (it) => (await site.visit(it)).text()),
    );
    const found = texts.map((text) => [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, it]) => it));
    expect(found.map((it) => it.length)).toEqual([50_000, 1]);
    expect(new Set(found.flat()).size).toBe(50_001);
    expect((await site.visit("/sitemap-3.xml")).status).toBe(404);
  });
});
