import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { newId } from "../../src/core/ids.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
/** More than the database takes as parameters of one statement (docs/platform.md: 100). */
const SITES = 150;

it("a key limited to a hundred and fifty sites reads everything a key limited to one does", async () => {
  const workspace = await makeWorkspace(clock);
  const owner = await workspace.key();
  const { body } = await call("POST", "/v1/sites", { headers: owner.headers, body: { name: "Bakery" } });
  await call("POST", `/v1/sites/${body.data.id}/publish`, { headers: owner.headers });
  const others = Array.from({ length: SITES - 1 }, () => newId("site", clock.time));
  const { id, headers } = await workspace.key();
  await env.DB.prepare("UPDATE api_keys SET site_ids = ?, version = version + 1 WHERE id = ?")
    .bind(JSON.stringify([body.data.id, ...others]), id)
    .run();
  for (const path of ["/api/v1/webhooks", "/api/v1/posts", "/api/v1/events", "/v1/sites", "/api/settings"]) {
    const answer = await call("GET", path, { headers });
    expect([path, answer.status]).toEqual([path, 200]);
  }
});
