import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { callThrough } from "../faults/world.ts";
import { guarded } from "../faults/bindings.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;

beforeEach(async () => {
  site = await makeVisitedSite(clock, { designTokens: { colorPrimary: "#123456" } });
  await site.page({ title: "Home" });
  await site.page({ title: "Start", slug: "home", locale: "de" });
  await site.publish();
});

const NAMES = ["site.css", "favicon.svg", "pixel.js"];

/** Addresses of what the start page loads, below the site. */
async function loaded(): Promise<string[]> {
  const text = await (await site.visit("/")).text();
  return NAMES.map((name) => {
    const [, path] = new RegExp(`="/s/${site.slug}(/[0-9a-f]{16}/${name.replace(".", "\\.")})"`).exec(text) ?? [];
    if (!path) throw new Error(`${name} is not in ${text}`);
    return path;
  });
}

const remaining = (answer: { headers: Headers }) => answer.headers.get("X-RateLimit-Remaining");

describe("what a page loads", () => {
  it("what a page loads is addressed by its content, kept for a year, and the same as under its plain name", async () => {
    const types = ["text/css; charset=utf-8", "image/svg+xml; charset=utf-8", "text/javascript; charset=utf-8"];
    for (const [n, path] of (await loaded()).entries()) {
      const answer = await site.visit(path);
      expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, types[n]]);
      expect(answer.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
      const plain = await site.visit(`/${NAMES[n]}`);
      expect(plain.headers.get("Cache-Control")).toBe("public, max-age=0, must-revalidate");
      expect(await plain.text()).toBe(await answer.text());
    }
  });

  it("what a page loads costs a visitor nothing: a hundred pages with all of it are a hundred tokens", async () => {
    const paths = await loaded();
    clock.advance(60_000);
    for (let n = 0; n < 100; n += 1) {
      const page = await site.visit("/");
      expect([page.status, remaining(page)]).toEqual([200, String(99 - n)]);
      for (const path of paths) {
        const answer = await site.visit(path);
        expect([answer.status, remaining(answer)]).toEqual([200, null]);
      }
    }
    expect((await site.visit("/")).status).toBe(429);
  });

  it("what a page loads has another address once it is another, and the former one shows what there is now", async () => {
    const [before = ""] = await loaded();
    await call("PATCH", `/v1/sites/${site.id}`, {
      headers: site.headers,
      body: { designTokens: { colorPrimary: "#654321" } },
    });
    await site.publish();
    const [after = "", , script] = await loaded();
    expect(after).not.toBe(before);
    expect(await (await site.visit(after)).text()).toContain("#654321");
    expect((await loaded())[2]).toBe(script);
    const unknown = await site.visit("/0123456789abcdef/site.css");
    expect([unknown.status, unknown.headers.get("Cache-Control")]).toEqual([200, "public, max-age=0, must-revalidate"]);
    expect(await unknown.text()).toContain("#654321");
  });

  it("what a page loads is asked of nobody once it is in memory", async () => {
    const [path = ""] = await loaded();
    const alone = guarded(async (binding) => {
      throw new Error(`${binding} was asked`);
    });
    expect((await callThrough(alone, "GET", `/s/${site.slug}${path}`, {})).status).toBe(200);
  });

  it("what a page might load, guessed, is limited by address, and leaves the tokens for pages alone", async () => {
    const guess = (n: number) => site.visit(`/${n.toString(16).padStart(16, "0")}/site.css`);
    clock.advance(60_000);
    for (let n = 0; n < 100; n += 1) expect((await guess(n)).status).toBe(200);
    expect((await guess(100)).status).toBe(429);
    expect(remaining(await site.visit("/"))).toBe("99");
  });
});

describe("a visitor who asks too often", () => {
  const useUp = async () => {
    for (let n = 0; n < 110; n += 1) await site.visit("/robots.txt");
  };

  it.each([
    ["/", "en", "Too many requests"],
    ["/de/", "de", "Zu viele Anfragen"],
  ])("a visitor who asks too often for %s gets a page in the site's look, in %s", async (path, locale, title) => {
    const [style] = await loaded();
    await useUp();
    const denied = await site.visit(path);
    expect([denied.status, denied.headers.get("Content-Type")]).toEqual([429, "text/html; charset=utf-8"]);
    expect(denied.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(denied.headers.get("Cache-Control")).toBe("no-store");
    const text = await denied.text();
    expect(text).toContain(`<html lang="${locale}" dir="ltr">`);
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(text).toContain(`href="/s/${site.slug}${style}"`);
    expect(text).toContain("Blue Door Bakery");
    expect(text).toMatch(new RegExp(`\\b${denied.headers.get("Retry-After")} s\\b`));
  });

  it("a visitor who asks too often for a website nobody has asked for gets a plain page in the browser's language", async () => {
    await useUp();
    const headers = { "CF-Connecting-IP": "198.51.100.9", "Accept-Language": "fr-CH, fr;q=0.9" };
    for (let n = 0; n < 101; n += 1) await call("GET", "/s/never-seen/", { headers });
    const denied = await call("GET", "/s/also-never-seen/", { headers });
    expect(denied.status).toBe(429);
    expect(denied.text).toContain('<html lang="fr-CH" dir="ltr">');
    expect(denied.text).toContain("<h1>Trop de requêtes</h1>");
  });
});
