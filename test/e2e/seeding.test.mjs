// A start that is killed while it seeds is continued by the next one.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, describe, it } from "node:test";
import { clientOf } from "./support/client.mjs";
import { count, query } from "./support/database.mjs";
import { freePort, makePlace, startDev, until } from "./support/dev-server.mjs";

const KEYS_IN_USE = "api_keys WHERE revoked_at IS NULL";

/** Points at which the power fails, in the order the seeding reaches them. */
const POINTS = [
  ["the first workspace is there", (place) => count(place, "workspaces") >= 1],
  ["some pages are there", (place) => count(place, "pages") >= 5],
  ["some keys are there", (place) => count(place, KEYS_IN_USE) >= 2],
];

describe("seeding", { concurrency: false, timeout: 300_000 }, () => {
  const place = makePlace();
  let server;

  after(async () => {
    await server?.kill();
    place.remove();
  });

  for (const [what, isReached] of POINTS) {
    it(`survives a kill when ${what}`, async () => {
      server = startDev(place, await freePort());
      await until(
        () => isReached(place),
        120_000,
        () => server.output(),
      );
      await server.kill();
    });
  }

  it("ends with one of everything", async () => {
    server = startDev(place, await freePort());
    await server.ready();
    assert.equal(count(place, "accounts"), 2);
    assert.deepEqual(
      query(place, "SELECT slug, tier FROM workspaces ORDER BY slug").map((row) => ({ ...row })),
      [
        { slug: "corner-florist", tier: "starter" },
        { slug: "demo-studio", tier: "pro" },
      ],
    );
    assert.equal(count(place, "sites"), 4);
    assert.equal(count(place, "pages"), 21);
    assert.equal(count(place, "deployments"), 1);
    assert.equal(count(place, "products"), 9);
    assert.equal(count(place, "products WHERE images LIKE '[\"/media/%'"), 9);
    assert.equal(count(place, "orders"), 5);
    assert.equal(count(place, "categories"), 4);
    assert.equal(count(place, "coupons"), 2);
    assert.equal(count(place, "payment_providers"), 1);
    assert.equal(count(place, "payments WHERE kind = 'refund'"), 1);
    assert.equal(count(place, "reviews"), 5);
    assert.equal(count(place, "forms"), 1);
    assert.equal(count(place, "form_submissions"), 3);
    assert.equal(count(place, "push_campaigns"), 2);
    assert.equal(count(place, "push_subscriptions"), 3);
    assert.equal(count(place, "loyalty_rewards"), 3);
    assert.equal(count(place, "booking_services"), 6);
    assert.equal(count(place, "booking_staff"), 4);
    assert.equal(count(place, "bookings"), 2);
    assert.equal(count(place, "mail_subscribers WHERE status = 'active'"), 3);
    assert.equal(count(place, "message_templates"), 1);
    assert.equal(count(place, "reservation_tables"), 5);
    assert.equal(count(place, "table_reservations"), 3);
    assert.equal(count(place, "loyalty_entries WHERE kind = 'redeem'"), 1);
    // By hand, and by the refund of an order.
    assert.equal(count(place, "loyalty_entries WHERE kind = 'reverse'"), 2);
    assert.equal(count(place, KEYS_IN_USE), 7);
    const { baseUrl, keys } = place.demo();
    for (const [name, key] of Object.entries(keys)) {
      assert.equal((await clientOf(baseUrl, key).get("/v1/me")).status, 200, name);
    }
  });

  it("leaves alone what the owner has changed", async () => {
    const { baseUrl, siteId, pageId, keys } = place.demo();
    const deleted = await clientOf(baseUrl, keys.live).call("DELETE", `/v1/sites/${siteId}/pages/${pageId}`);
    assert.equal(deleted.status, 204, deleted.text);
    await server.interrupt();
    server = startDev(place, await freePort());
    await server.ready();
    assert.equal(count(place, "pages"), 20);
    assert.deepEqual(place.demo().keys, keys);
  });

  it("makes new keys for the same workspace when the file is lost", async () => {
    const before = place.demo();
    await server.interrupt();
    rmSync(place.demoFile);
    server = startDev(place, await freePort());
    await server.ready();
    const { baseUrl, keys, ...ids } = place.demo();
    assert.equal(ids.workspaceId, before.workspaceId);
    assert.equal(ids.siteId, before.siteId);
    assert.equal(count(place, "workspaces"), 2);
    assert.equal(count(place, KEYS_IN_USE), 7);
    for (const name of Object.keys(keys)) assert.notEqual(keys[name], before.keys[name]);
    assert.equal((await clientOf(baseUrl, keys.live).get("/v1/me")).status, 200);
    assert.equal((await clientOf(baseUrl, before.keys.live).get("/v1/me")).status, 401);
    await server.interrupt();
  });
});
