import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { pauseAbandoned } from "../../src/webhooks/disable.ts";
import { Client } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";
import { arrivals, bodiesOf, target } from "./support/receiver.ts";
import { arrivedAt, type Hook, makeWorld, World } from "./support/world.ts";

const clock = new TestClock();
const SCOPES = ["webhooks:*", "posts:*"];
const HOUR = 3_600_000;

/** The account's first workspace with a key that reaches the second, and the second as its own owner sees it. */
let first: World;
let keyId: number;
let second: World;
/** Calls of the first workspace's key in the second. */
let across: Client;

beforeEach(async () => {
  first = await makeWorld(clock);
  const { id, headers } = await first.workspace.key({ scopes: SCOPES, accountAccess: true });
  keyId = id;
  const sibling = (await first.platform.create("/workspaces", { name: "Sibling", tier: "enterprise" })).id;
  const inside = (given: Record<string, string>) => ({ ...given, "X-Workspace-ID": String(sibling) });
  across = new Client(clock, inside(headers), "/api/v1");
  const maker = new Client(clock, inside(first.headers), "/api/v1");
  const { key } = await maker.create("/api-keys", { name: "Owner", scopes: ["*"] });
  second = new World(clock, { ...first.workspace, id: sibling }, { "X-Api-Key": key });
});

const hookAcross = (): Promise<Hook> => across.create("/webhooks", { url: target(), events: ["*"] });

async function typesAt({ url }: Hook): Promise<string[]> {
  await second.deliverDue();
  return bodiesOf(await arrivals(url)).map(({ type }) => type);
}

async function expectPaused(hook: Hook): Promise<void> {
  expect(await second.at(hook.id)).toMatchObject({
    is_active: false,
    inactive_reason: "key_revoked",
    heard_events: [],
  });
  const { data } = (await second.platform.get("/events?type=webhook.disabled&limit=100")).body;
  expect(data.filter((event: { data: { id: number } }) => event.data.id === hook.id)).toHaveLength(1);
}

const ENDINGS: Record<string, () => Promise<unknown>> = {
  "loses its account access": () => first.platform.patch(`/api-keys/${keyId}`, { account_access: false }),
  "has its workspace deleted": () => first.platform.delete(`/workspaces/${first.workspace.id}`),
  "is revoked": () => first.platform.delete(`/api-keys/${keyId}`),
};

describe.each(Object.keys(ENDINGS))("once a key %s, an endpoint of another workspace", (title) => {
  it(`once a key ${title}, an endpoint of another workspace behind it pauses at once, with its event, and is sent nothing`, async () => {
    const hook = await hookAcross();
    await second.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
    await second.post();
    await ENDINGS[title]?.();
    await second.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
    await expectPaused(hook);
  });

  it(`once a key ${title}, an endpoint of another workspace is sent nothing even before anybody has noticed`, async () => {
    const hook = await hookAcross();
    await second.post();
    await ENDINGS[title]?.();
    await env.DB.prepare("UPDATE webhook_endpoints SET is_active = 1, inactive_reason = NULL WHERE id = ?")
      .bind(hook.id)
      .run();
    await second.post();
    expect(await typesAt(hook)).toEqual([]);
    expect((await second.at(hook.id)).heard_events).toEqual([]);
  });
});

describe("an endpoint of another workspace", () => {
  it("an endpoint of another workspace follows its key to a successor only while that reaches the workspace", async () => {
    const hook = await hookAcross();
    const { id } = (await first.platform.post(`/api-keys/${keyId}/rotate`, {})).body.data;
    await second.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
    expect((await first.platform.patch(`/api-keys/${id}`, { account_access: false })).status).toBe(200);
    await expectPaused(hook);
    const late = await hookAcross();
    await second.post();
    expect(await typesAt(late)).toEqual(["post.created"]);
    clock.advance(25 * HOUR);
    await pauseAbandoned(env, clock.time);
    await expectPaused(late);
  });

  it("an endpoint of another workspace goes on once its own owner stands behind it", async () => {
    const hook = await hookAcross();
    await first.platform.patch(`/api-keys/${keyId}`, { account_access: false });
    await expectPaused(hook);
    expect((await second.platform.patch(`/webhooks/${hook.id}`, { is_active: true })).status).toBe(200);
    await second.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
  });

  it("an endpoint of another workspace pauses alone: those of the key's own workspace go on", async () => {
    const own = new World(clock, first.workspace, { "X-Api-Key": across.headers["X-Api-Key"] as string });
    const [there, here] = [await hookAcross(), await own.hook()];
    await first.platform.patch(`/api-keys/${keyId}`, { account_access: false });
    await expectPaused(there);
    await first.post();
    await first.deliverDue();
    expect(await arrivedAt(here)).toEqual([1]);
  });
});
