// Publishing as `npm run dev` does it: a large site across a power failure, and a page that publishes itself.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { clientOf } from "./support/client.mjs";
import { count, execute, query } from "./support/database.mjs";
import { freePort, makePlace, startDev, until } from "./support/dev-server.mjs";

const PAGES = 3_000;

describe("publishing with npm run dev", { concurrency: false, timeout: 300_000 }, () => {
  const place = makePlace();
  let port;
  let server;
  let live;
  let site;

  const start = async () => {
    server = startDev(place, port);
    await server.ready();
    const { baseUrl, keys } = place.demo();
    live = clientOf(baseUrl, keys.live);
  };
  const visit = (path, slug = site.slug) => fetch(`${place.demo().baseUrl}/s/${slug}${path}`);
  const deployment = async (id) =>
    (await live.heedingLimits("GET", `/v1/sites/${site.id}/deployments/${id}`)).body.data;

  before(async () => {
    port = await freePort();
    await start();
    site = (await live.post("/v1/sites", { body: { name: "Encyclopaedia" } })).body.data;
    const page = { title: "Page 0", slug: "page-0", status: "published", blocks: [{ type: "TextSection" }] };
    assert.equal((await live.post(`/v1/sites/${site.id}/pages`, { body: page })).status, 201);
    await server.kill();
    const same = query(place, "SELECT name FROM pragma_table_info('pages')")
      .map(({ name }) => name)
      .filter((name) => !["seq", "id", "slug", "title"].includes(name));
    execute(
      place,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${PAGES - 1})
      INSERT INTO pages (id, slug, title, ${same}) SELECT printf('page_01M7X%021d', i), 'page-' || i, 'Page ' || i, ${same}
      FROM n, pages WHERE pages.site_id = '${site.id}'`,
    );
    await start();
  });

  after(async () => {
    await server.kill();
    place.remove();
  });

  it("of a large site goes on by itself after a power failure, and shows all of it at once", async (t) => {
    const started = await live.post(`/v1/sites/${site.id}/publish`);
    assert.equal(started.status, 202, started.text);
    const { id, progress } = started.body.data;
    assert.deepEqual(progress, { rendered: 0, total: PAGES });
    await until(() => count(place, "renders") > 300, 60_000, "nothing is rendered");
    await server.kill();
    const rendered = count(place, "renders");
    assert.ok(rendered < PAGES, "the power failed too late");
    await start();
    const restarted = Date.now();
    const done = await until(
      async () => {
        const it = await deployment(id);
        return it.status === "building" ? null : it;
      },
      150_000,
      "still building",
    );
    t.diagnostic(`killed after ${rendered} of ${PAGES} pages, live ${Date.now() - restarted} ms after the restart`);
    assert.deepEqual([done.status, done.pageCount, done.changes.counts.added], ["live", PAGES, PAGES]);
    for (const number of [0, 1, 1_499, PAGES - 1]) {
      const page = await visit(`/page-${number}`);
      assert.equal(page.status, 200);
      assert.match(await page.text(), new RegExp(`<h1>Page ${number}</h1>`));
    }
    assert.equal((await (await visit("/sitemap.xml")).text()).split("<loc>").length - 1, PAGES);
    const ofSite = `frozen_pages WHERE site_id = '${site.id}'`;
    assert.equal(count(place, `${ofSite} AND rendered IS NOT NULL`), PAGES);
    assert.deepEqual([count(place, ofSite), count(place, "renders")], [PAGES, 0]);
  });

  it("shows a page at the time it was told to, by itself", async (t) => {
    const { siteId } = place.demo();
    const slug = (await live.get(`/v1/sites/${siteId}`)).body.data.slug;
    const at = Date.now() + 3_000;
    const body = { title: "Advent opening", publishAt: new Date(at).toISOString() };
    const made = await live.post(`/v1/sites/${siteId}/pages`, { body });
    assert.equal(made.status, 201, made.text);
    assert.equal((await visit("/advent-opening", slug)).status, 404);
    // Asked for seldom: an address has 100 visits.
    const shown = async () => {
      if (Date.now() < at) return null;
      await new Promise((next) => setTimeout(next, 250));
      return (await visit("/advent-opening", slug)).status === 200;
    };
    await until(shown, 75_000, "the page is not there");
    t.diagnostic(`shown ${Date.now() - at} ms after its time`);
    const page = (await live.get(`/v1/sites/${siteId}/pages/${made.body.data.id}`)).body.data;
    assert.deepEqual([page.status, page.publishAt], ["published", null]);
  });
});
