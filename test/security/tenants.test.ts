import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS, type Operation } from "../support/registry.ts";
import { rowsOfWorkspace } from "./rows.ts";
import { expectError, withoutRequest } from "./wire.ts";
import {
  makeTenant,
  OF_NOBODY,
  otherEnvironment,
  SEEN_FROM_LIVE,
  SEEN_FROM_SANDBOX,
  type Tenant,
  UNKNOWN_IDS,
  validCall,
} from "./world.ts";

const clock = new TestClock();
const WITH_IDS = OPERATIONS.filter(
  ({ params, endpoint }) => params.some((name) => !OF_NOBODY.includes(name)) && endpoint.scope !== "public",
);
let tenant: Tenant;
let stranger: Tenant;
let sandbox: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
  stranger = await makeTenant(clock);
  sandbox = await otherEnvironment(tenant);
  // A replay goes on by itself: one that is over stays as it is.
  const { siteId, webhookId, replayId, hookId, hookReplayId } = stranger.ids;
  for (const path of [
    `/api/v1/webhooks/${webhookId}/replays/${replayId}/cancel`,
    `/v1/sites/${siteId}/webhooks/${hookId}/replays/${hookReplayId}/cancel`,
  ]) {
    const { status } = await call("POST", path, { headers: stranger.headers });
    expect([200, 409]).toContain(status);
  }
});

beforeEach(() => clock.advance(1_000));

const attempt = (operation: Operation, headers: Record<string, string>, ids: Record<string, string>) => {
  const { headers: needed, method, path, body } = validCall(operation, ids);
  return call(method, path, { body, headers: { ...needed, ...headers } });
};

const READS = WITH_IDS.filter(({ method, endpoint }) => method === "GET" && !endpoint.success.list);
/** Everything of the stranger's, as the stranger sees it. */
const readAll = async (): Promise<string[]> =>
  (await Promise.all(READS.map((read) => attempt(read, stranger.headers, stranger.ids)))).map(withoutRequest);

/** The tenant's own ids with one of them, and all below it, from somewhere else. */
function* mixedIds(operation: Operation, own: Record<string, string>, from: Record<string, string>) {
  for (const name of operation.params) {
    if (!OF_NOBODY.includes(name)) yield { name, ids: { ...own, [name]: from[name] as string } };
  }
}

describe.each(WITH_IDS)("$title", (operation) => {
  const surface = operation.surface.name;

  it(`${operation.title} answers an id of another workspace exactly like one that does not exist`, async () => {
    for (const { name, ids } of mixedIds(operation, tenant.ids, stranger.ids)) {
      const theirs = await attempt(operation, tenant.headers, ids);
      expectError(surface, theirs, "not_found");
      const unknown = await attempt(operation, tenant.headers, { ...ids, [name]: UNKNOWN_IDS[name] as string });
      expect(withoutRequest(theirs)).toBe(withoutRequest(unknown));
    }
    expectError(surface, await attempt(operation, tenant.headers, stranger.ids), "not_found");
  });

  it(`${operation.title} answers 404 to a sandbox key on live ids and to a live key on sandbox ids`, async () => {
    for (const { name, ids } of mixedIds(operation, sandbox.ids, tenant.ids)) {
      if (SEEN_FROM_SANDBOX.includes(name)) continue;
      expectError(surface, await attempt(operation, sandbox.headers, ids), "not_found");
    }
    for (const { name, ids } of mixedIds(operation, tenant.ids, sandbox.ids)) {
      if (SEEN_FROM_LIVE.includes(name)) continue;
      expectError(surface, await attempt(operation, tenant.headers, ids), "not_found");
    }
  });

  it(`${operation.title} leaves the other workspace's resource as it was`, async () => {
    const before = await rowsOfWorkspace(stranger.workspace.id);
    await attempt(operation, tenant.headers, stranger.ids);
    expect(await rowsOfWorkspace(stranger.workspace.id)).toEqual(before);
  });
});

describe("the rows that are compared", () => {
  it("the rows that are compared are those of one workspace, and differ once that has changed anything", async () => {
    const [before, others] = await Promise.all([stranger, tenant].map((it) => rowsOfWorkspace(it.workspace.id)));
    await call("POST", "/api/v1/posts", { headers: stranger.headers, body: { title: "Changed" } });
    expect(await rowsOfWorkspace(stranger.workspace.id)).not.toEqual(before);
    expect(await rowsOfWorkspace(tenant.workspace.id)).toEqual(others);
  });
});

describe("all operations together", () => {
  it("all operations together leave everything that the other workspace reads of its own as it was", async () => {
    // What it reads is of more than rows, and costs more: it is read once for all of them.
    const before = await readAll();
    for (const operation of WITH_IDS) {
      clock.advance(1_000);
      await attempt(operation, tenant.headers, stranger.ids);
    }
    expect(await readAll()).toEqual(before);
  });
});

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.success.list))("$title", (operation) => {
  it(`${operation.title} never shows anything of another workspace or of the other environment`, async () => {
    const answer = await attempt(operation, tenant.headers, tenant.ids);
    expect(answer.status, answer.text).toBe(200);
    for (const name of Object.keys(tenant.ids)) {
      if (OF_NOBODY.includes(name)) continue;
      expect(answer.text).not.toContain(stranger.ids[name]);
      if (!SEEN_FROM_LIVE.includes(name)) expect(answer.text).not.toContain(sandbox.ids[name]);
    }
  });
});
