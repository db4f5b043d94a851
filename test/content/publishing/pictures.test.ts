import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { guarded } from "../../faults/bindings.ts";
import { callThrough } from "../../faults/world.ts";
import { call, makeWorkspace, TestClock } from "../../support/fixtures.ts";
import { formOf, png } from "../../support/pictures.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

interface File {
  id: string;
  url: string;
}

const upload = async (
  path: string,
  headers: Record<string, string>,
  [width, height]: [number, number] = [900, 600],
  looks: Parameters<typeof png>[2] = {},
): Promise<File> => {
  const file = new Blob([await png(width, height, looks)], { type: "image/png" });
  const { status, body, text } = await call("POST", `${path}/media`, {
    headers,
    body: formOf(file, "loaf, cut.png", { alt: "A loaf" }),
  });
  expect(status, text).toBe(201);
  return body.data;
};
const uploadTo = ({ id, headers }: VisitedSite, size?: [number, number]) => upload(`/v1/sites/${id}`, headers, size);

const hero = (image: string) => ({ type: "HeroSection", props: { title: "Bread", image } });
const imagesOn = async (site: VisitedSite, path: string): Promise<string[]> =>
  (await (await site.visitAfresh(path)).text()).match(/<img [^>]*>/g) ?? [];
const codesOf = (warnings: unknown[]): string[] =>
  (warnings as { kind: string; code: string; path: string }[]).map((it) => `${it.kind} ${it.code} ${it.path}`);

describe("pictures of published pages", () => {
  it("pictures of published pages come from the site's media, in sizes and with what is known of them", async () => {
    const site = await makeVisitedSite(new TestClock());
    const { id, url } = await uploadTo(site);
    await site.page({ title: "Home", slug: "home", blocks: [hero(url)], seo: { ogImage: url } });
    expect((await site.publish()).warnings).toEqual([]);
    const [image = ""] = await imagesOn(site, "/");
    expect(image).toContain(` srcset="${url}?w=80 80w, `);
    expect(image).toContain(`${url}?w=960 900w"`);
    expect(image).toContain(' alt="A loaf" width="900" height="600"');
    expect(image).toContain(' data-color="#b08050"');
    const page = await (await site.visit("/")).text();
    expect(page).toMatch(new RegExp(`<meta property="og:image" content="https?://[^"/]+/media/${id}/[^"]*\\?w=960">`));
    expect(page).toContain('<meta property="og:image:width" content="900">');
    expect(page).toContain('<meta property="og:image:height" content="600">');
    expect(page).toContain('<meta property="og:image:alt" content="A loaf">');
  });

  it("pictures of published pages are as they are when they are published: changed, gone and come back", async () => {
    const clock = new TestClock();
    const site = await makeVisitedSite(clock);
    const { id, url } = await uploadTo(site);
    await site.page({ title: "Home", slug: "home", blocks: [hero(url)] });
    await site.page({ title: "Plain", slug: "plain", blocks: [hero("https://cdn.example/x.png")] });
    await site.publish();
    const changed = await site.ask("PATCH", `/media/${id}`, { alt: "Rye" });
    expect(changed.status).toBe(200);
    expect((await imagesOn(site, "/"))[0]).toContain('alt="A loaf"');
    await site.publish();
    expect((await imagesOn(site, "/"))[0]).toContain('alt="Rye"');
    expect((await site.ask("DELETE", `/media/${id}?force=true`)).status).toBeLessThan(300);
    const { warnings } = await site.publish();
    expect(codesOf(warnings)).toEqual(["page missing_image blocks[0].props.image"]);
    expect(await imagesOn(site, "/")).toEqual([]);
    expect(codesOf((await site.publish()).warnings)).toEqual(["page missing_image blocks[0].props.image"]);
    expect(await imagesOn(site, "/plain")).toHaveLength(1);
  });

  it("pictures of published pages are not lost, whenever they change while others are rendered", async () => {
    const clock = new TestClock();
    const site = await makeVisitedSite(clock);
    const { headers } = site;
    const { id, url } = await uploadTo(site);
    await site.page({ title: "Home", slug: "home", blocks: [hero(url)] });
    const other = await site.page({ title: "Other", slug: "other" });
    await site.publish();
    for (let moment = 1, isReached = true; isReached; moment += 1) {
      isReached = false;
      await site.change(other, { title: `Other ${moment}` });
      clock.advance(6 * 60_000);
      let calls = 0;
      const meanwhile = guarded(async (_, run) => {
        calls += 1;
        if (calls === moment) {
          isReached = true;
          await site.ask("PATCH", `/media/${id}`, { alt: `Rye ${moment}` });
        }
        return run();
      });
      const { status, text } = await callThrough(meanwhile, "POST", `/v1/sites/${site.id}/publish`, { headers });
      expect(status, text).toBe(200);
      expect((await imagesOn(site, "/"))[0], `changed before call ${moment}`).toContain(`srcset="${url}?w=80 80w, `);
    }
    clock.advance(6 * 60_000);
    await site.publish();
    expect((await imagesOn(site, "/"))[0]).toMatch(/ alt="Rye \d+"/);
  });

  it("pictures of published pages are those of their own site and of no other", async () => {
    const clock = new TestClock();
    const [site, other] = [await makeVisitedSite(clock), await makeVisitedSite(clock)];
    const { url } = await uploadTo(other);
    await site.page({ title: "Home", slug: "home", blocks: [hero(url)] });
    expect(codesOf((await site.publish()).warnings)).toEqual(["page missing_image blocks[0].props.image"]);
    expect(await imagesOn(site, "/")).toEqual([]);
  });

  it("pictures of published pages stand in blocks of the website's own making, too: of the page and of the template", async () => {
    const site = await makeVisitedSite(new TestClock());
    const [inTemplate, onPage] = [await uploadTo(site), await uploadTo(site)];
    const made = await site.ask("POST", "/blocks/custom", {
      label: "Pair",
      template: {
        blocks: [
          { type: "ImageSection", props: { src: inTemplate.url } },
          { type: "ImageSection", props: { src: "{{photo}}" } },
        ],
      },
      properties: [{ name: "photo", type: "image", required: true }],
    });
    expect(made.status, made.text).toBe(201);
    const block = { type: `custom:${made.body.data.id}`, props: { photo: onPage.url } };
    await site.page({ title: "Home", slug: "home", blocks: [block] });
    expect((await site.publish()).warnings).toEqual([]);
    const images = await imagesOn(site, "/");
    expect(images.map((it) => it.includes(` srcset="${inTemplate.url}?w=80 `))).toEqual([true, false]);
    expect(images.map((it) => it.includes(` srcset="${onPage.url}?w=80 `))).toEqual([false, true]);
    await site.ask("PATCH", `/media/${inTemplate.id}`, { alt: "Rye" });
    await site.publish();
    expect((await imagesOn(site, "/"))[0]).toContain('alt="Rye"');
  });

  it("pictures of published pages stand in the feeds of its articles, named in full", async () => {
    const site = await makeVisitedSite(new TestClock());
    const { url } = await uploadTo(site);
    await site.post({ title: "News", slug: "news", content: `<p>x</p><img src="${url}" width="300">` });
    expect((await site.publish()).warnings).toEqual([]);
    expect((await imagesOn(site, "/blog/news"))[0]).toContain(' width="300" height="200" srcset=');
    const feed = JSON.parse(await (await site.visit("/feed.json")).text());
    const { origin } = new URL(feed.feed_url);
    expect(feed.items[0].content_html).toBe(
      `<p>x</p><img src="${origin}${url}?w=960" alt="A loaf" width="300" height="200">`,
    );
    expect(feed.items[0].image).toBe(`${origin}${url}?w=960`);
  });

  it("pictures of published pages are looked for by a dry run, too", async () => {
    const workspace = await makeWorkspace(new TestClock());
    const { headers } = await workspace.key({ environment: "sandbox" });
    const made = await call("POST", "/v1/sites", { headers, body: { name: "Sandbox", locale: "en" } });
    const path = `/v1/sites/${made.body.data.id}`;
    const { url } = await upload(path, headers);
    const blocks = [hero(url), hero(url.replace(/.{26}\//, `${"0".repeat(26)}/`))];
    await call("POST", `${path}/pages`, { headers, body: { title: "Home", status: "published", blocks } });
    const { body } = await call("POST", `${path}/publish`, { headers });
    expect(codesOf(body.data.warnings)).toEqual(["page missing_image blocks[1].props.image"]);
  });
});

describe("the colour of a picture", () => {
  it.each([
    [255, ' data-color="#b08050"'],
    [200, null],
  ])(
    "the colour of a picture is behind it until it is there, and never shines through: opacity %i",
    async (alpha, said) => {
      const site = await makeVisitedSite(new TestClock());
      const { url } = await upload(`/v1/sites/${site.id}`, site.headers, [40, 30], { alpha });
      await site.page({ title: "Home", slug: "home", blocks: [hero(url)] });
      await site.publish();
      const [image = ""] = await imagesOn(site, "/");
      if (said) expect(image).toContain(said);
      else expect(image).not.toContain("data-color");
    },
  );
});

describe("pictures of a website's settings", () => {
  it("pictures of a website's settings are frozen with it, and told when they are gone", async () => {
    const site = await makeVisitedSite(new TestClock());
    const logo = await uploadTo(site, [400, 100]);
    const settings = { logo: logo.url, favicon: logo.url, socialImage: logo.url };
    expect((await site.ask("PATCH", "", { settings })).status).toBe(200);
    await site.page({ title: "Home", slug: "home" });
    expect((await site.publish()).warnings).toEqual([]);
    const page = await (await site.visit("/")).text();
    expect(page).toContain(`<img class="logo" src="${logo.url}?w=240" srcset="${logo.url}?w=80 80w, `);
    expect(page).toContain(' sizes="180px" alt="Blue Door Bakery" width="160" height="40"></a>');
    expect(page).toContain(`<link rel="icon" href="${logo.url}?w=80">`);
    expect(page).toContain('<meta property="og:image:width" content="400">');
    const shown = await call("GET", `/api/settings?site=${site.id}`, { headers: site.headers });
    expect(shown.body.pictures.logo).toMatchObject({ url: logo.url, width: 400, height: 100, alt: "A loaf" });
    expect((await site.ask("DELETE", `/media/${logo.id}?force=true`)).status).toBeLessThan(300);
    expect(codesOf((await site.publish()).warnings)).toEqual([
      "site missing_image settings.logo",
      "site missing_image settings.favicon",
      "site missing_image settings.socialImage",
    ]);
    expect(await imagesOn(site, "/")).toEqual([]);
  });

  it("pictures of a website's settings are of its own media or by https, whoever has set others before", async () => {
    const clock = new TestClock();
    const [site, other] = [await makeVisitedSite(clock), await makeVisitedSite(clock)];
    const { url } = await uploadTo(other);
    const refused = await site.ask("PATCH", "", { settings: { logo: url } });
    expect(refused.status).toBe(400);
    expect(refused.body.error.details.fields).toEqual({ "settings.logo": "is not a picture of this website" });
  });

  it("every setting that pages cannot be made with is named, unless it stood there before", async () => {
    const site = await makeVisitedSite(new TestClock());
    const settings = { logo: "http://pictures.example/logo.png", favicon: 7, timezone: "Berlin" };
    const refused = await site.ask("PATCH", "", { settings });
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.error.details.fields)).toEqual(Object.keys(settings).map((it) => `settings.${it}`));
    await env.DB.prepare("UPDATE sites SET settings = ? WHERE id = ?").bind(JSON.stringify(settings), site.id).run();
    expect((await site.ask("PATCH", "", { settings: { ...settings, phone: "+49 30 123456" } })).status).toBe(200);
  });
});

describe("pictures of previews", () => {
  it("pictures of previews are those of the next publish: of pages, and of the website itself", async () => {
    const site = await makeVisitedSite(new TestClock());
    const { url } = await uploadTo(site);
    await site.ask("PATCH", "", { settings: { logo: url } });
    const pageId = await site.page({ title: "Home", slug: "home", blocks: [hero(url)] });
    const made = await site.ask("POST", `/pages/${pageId}/preview`);
    expect(made.status, made.text).toBe(201);
    const address = new URL(made.body.data.url);
    const shown = await (await exports.default.fetch(new Request(address))).text();
    await site.publish();
    expect(shown.match(/<img [^>]*>/g)).toEqual(await imagesOn(site, "/"));
    expect(shown.match(/<img [^>]*>/g)).toHaveLength(2);
  });
});
