import { beforeAll, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const SETTINGS = {
  timezone: "Pacific/Kiritimati",
  contactEmail: "hello@bakery.example",
  phone: "+44 20 7946 0000",
  address: "Mill Street 1\nOldtown",
};

let site: VisitedSite;
const textOf = async (path: string): Promise<string> => (await site.visit(path)).text();
const header = async (path: string) => /<header.*<\/header>/s.exec(await textOf(path))?.[0] ?? "";
const footer = async (path: string) => /<footer.*<\/footer>/s.exec(await textOf(path))?.[0] ?? "";

beforeAll(async () => {
  site = await makeVisitedSite(new TestClock(), { settings: SETTINGS });
  const props = { title: "Fresh", subtitle: "one\ntwo", body: "three\nfour\n\nfive" };
  await site.page({ title: "Home", slug: "home", blocks: [{ type: "HeroSection", props }] });
  const about = await site.page({ title: "About", slug: "about", blocks: [{ type: "TextSection", props }] });
  await site.page({ title: "Über uns", slug: "ueber-uns", locale: "de", translationOf: about });
  await site.page({ title: "Privacy", slug: "privacy", navigation: { hidden: true } });
  await site.page({ title: "Impressum", slug: "impressum", locale: "de", navigation: { hidden: true } });
  await site.post({ title: "News", slug: "news", content: "x", excerpt: "six\nseven" });
  await site.publish();
});

describe("the frame of a page", () => {
  it("the frame of a page has a switch to its own translations, or to where a language begins", async () => {
    const to = (path: string) => `href="/s/${site.slug}${path}" hreflang="de"`;
    expect(await header("/about")).toContain(to("/de/ueber-uns"));
    expect(await header("/about")).toContain('lang="en" aria-current="true"');
    for (const path of ["/", "/blog", "/blog/news", "/nothing"]) expect(await header(path)).toContain(to("/de/"));
  });

  it("the frame of a page ends with how to reach its owner and with the pages the law asks for, in its language", async () => {
    const shown = await footer("/about");
    expect(shown).toContain("Mill Street 1<br>Oldtown");
    expect(shown).toContain('<a href="mailto:hello@bakery.example">');
    expect(shown).toContain('<a href="tel:+442079460000" dir="ltr">');
    expect(shown).toContain(`<a href="/s/${site.slug}/privacy">Privacy</a>`);
    expect(await footer("/de/ueber-uns")).toContain(`<a href="/s/${site.slug}/de/impressum">Impressum</a>`);
  });

  it("the frame of a page says days as they are in the site's time zone, in the article and in the list", async () => {
    const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: SETTINGS.timezone });
    for (const path of ["/blog/news", "/blog"]) {
      const [, moment = "", shown] = /<time datetime="([^"]*)">([^<]*)</.exec(await textOf(path)) ?? [];
      expect(shown).toBe(day.format(new Date(moment)));
    }
  });

  it("the frame of a page follows the time zone without the article being touched", async () => {
    const other = await makeVisitedSite(new TestClock(), { settings: { timezone: "Pacific/Kiritimati" } });
    await other.page({ title: "Home", slug: "home" });
    await other.post({ title: "News", slug: "news", content: "x" });
    await other.publish();
    const before = await (await other.visit("/blog/news")).text();
    await other.ask("PATCH", "", { settings: { timezone: "Pacific/Pago_Pago" } });
    await other.publish();
    expect(/<time[^>]*>[^<]*/.exec(await (await other.visit("/blog/news")).text())?.[0]).not.toBe(
      /<time[^>]*>[^<]*/.exec(before)?.[0],
    );
  });

  it("the frame of a page has an icon", async () => {
    const [, href = ""] = /<link rel="icon" href="([^"]*)">/.exec(await textOf("/")) ?? [];
    expect(href).toMatch(new RegExp(`^/s/${site.slug}/[0-9a-f]+/favicon\\.svg$`));
    const icon = await site.visit(href.slice(`/s/${site.slug}`.length));
    expect(icon.headers.get("Content-Type")).toBe("image/svg+xml; charset=utf-8");
    expect(await icon.text()).toMatch(/^<svg .*>B<\/text><\/svg>$/);
  });

  it("a page that is not there has a way home, in its language", async () => {
    expect(await textOf("/nothing")).toContain(`<a class="button" href="/s/${site.slug}/">To the start page</a>`);
    expect(await textOf("/de/nichts")).toContain(`<a class="button" href="/s/${site.slug}/de/">Zur Startseite</a>`);
  });

  it("plain text on a page keeps its line breaks", async () => {
    expect(await textOf("/")).toContain('<p class="lead">one<br>two</p>');
    expect(await textOf("/about")).toContain("<p>three<br>four</p><p>five</p>");
    expect(await textOf("/blog/news")).toContain('<p class="lead">six<br>seven</p>');
  });
});
