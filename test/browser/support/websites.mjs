import assert from "node:assert/strict";
import { clientOf } from "../../e2e/support/client.mjs";
import { freePort, makePlace, startDev } from "../../e2e/support/dev-server.mjs";

/** The product with its demo data on a port of its own, and its API with the key that may do everything. */
export async function startWebsites() {
  const place = makePlace();
  const server = startDev(place, await freePort());
  await server.ready();
  const demo = place.demo();
  return {
    ...apiOf(demo),
    async stop() {
      await server.interrupt();
      place.remove();
    },
  };
}

/** Makes, changes and publishes websites through the API. */
export function apiOf(demo) {
  const client = clientOf(demo.baseUrl, demo.keys.live);

  async function ask(method, path, body) {
    const answer = await client.call(method, path, { body });
    assert.ok(answer.status < 300, `${method} ${path} → ${answer.status} ${answer.text}`);
    return answer.body.data;
  }

  /** Like `ask`, without the fields whose values the API turns down; those of the same name are left out everywhere. */
  async function offer(method, path, body) {
    const { status, body: answer, text } = await client.call(method, path, { body });
    if (status < 300) return answer.data;
    // Of an entry in a list the list is meant: an entry cannot be left out by its number.
    const names = Object.keys(answer.error?.details?.fields ?? answer.errors ?? {}).map((field) =>
      field.split(".").findLast((part) => !/^\d+$/.test(part)),
    );
    assert.ok(names.length > 0 && !names.includes("blocks"), `${method} ${path} → ${status} ${text}`);
    const kept = JSON.stringify(body, (name, value) => (names.includes(name) ? undefined : value));
    assert.notEqual(kept, JSON.stringify(body), text);
    return offer(method, path, JSON.parse(kept));
  }

  const publish = (siteId) => ask("POST", `/v1/sites/${siteId}/publish`);

  return {
    demo,
    baseUrl: demo.baseUrl,
    ask,
    offer,
    publish,
    /** Creates a site with what is on it and publishes it; gives the address it begins at. */
    async makeSite(site, { pages, posts = [], reviews = [] }, send = ask) {
      const { id, slug } = await send("POST", "/v1/sites", site);
      for (const page of pages) await send("POST", `/v1/sites/${id}/pages`, { status: "published", ...page });
      for (const post of posts) await send("POST", "/api/v1/posts", { status: "published", site_id: id, ...post });
      for (const review of reviews) await send("POST", `/v1/sites/${id}/reviews`, review);
      await publish(id);
      return `${demo.baseUrl}/s/${slug}/`;
    },
    /** Addresses of all pages a site shows to search engines. */
    async pagesOf(address) {
      const sitemap = await (await fetch(new URL("sitemap.xml", address))).text();
      return [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location]) => location);
    },
  };
}
