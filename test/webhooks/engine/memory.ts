import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { POST_EVENTS } from "../../../src/platform/posts/events.ts";
import { takeLease } from "../../../src/webhooks/lease.ts";
import { clock } from "../support/clock.ts";
import { arrivals } from "../support/receiver.ts";
import { arrivedAt, type Hook, makeWorld, type World } from "../support/world.ts";

let world: World;
let hook: Hook;

beforeEach(async () => {
  world = await makeWorld(clock);
  hook = await world.hook({ events: ["post.created"] });
});

/** So many events at once, each with so many characters. */
async function large(count: number, characters: number): Promise<void> {
  const { unit } = world.workspace.context();
  const sample = { ...POST_EVENTS.created.sample, content: "é".repeat(characters) };
  for (let n = 0; n < count; n += 1) unit.emit(POST_EVENTS.created, { ...sample, id: n });
  await unit.commit();
}

const taken = async (): Promise<number> => {
  const runtime = { now: () => clock.time, uuid: () => crypto.randomUUID() };
  return (await takeLease(databaseOf(env, 0), hook.id, runtime))?.due.length ?? 0;
};

describe("deliveries that are taken at a time", () => {
  it.each([
    [100, 10],
    [100_000, 5],
    [200_000, 3],
    [600_000, 1],
  ])(
    "deliveries that are taken at a time have a megabyte of data together, or are one: of %i characters",
    async (characters, count) => {
      await large(10, characters);
      expect(await taken()).toBe(count);
    },
  );

  it("deliveries that are taken at a time leave the others to the next time: all arrive", async () => {
    await large(5, 300_000);
    await world.deliverDue();
    expect(await arrivedAt(hook)).toEqual([5]);
  });
});

describe("what an endpoint is sent whole", () => {
  it("what an endpoint is sent whole is the text that is stored, which is neither read nor written anew", async () => {
    await world.post();
    const stored = '{"title" : "Bread", "price": 1.0}';
    await env.DB.prepare("UPDATE events SET data = ? WHERE workspace_id = ? AND type = 'post.created'")
      .bind(stored, world.workspace.id)
      .run();
    await world.deliverDue();
    const [arrival] = await arrivals(hook.url);
    expect(arrival?.body.endsWith(`,"data":${stored}}`)).toBe(true);
    expect(JSON.parse(arrival?.body ?? "")).toMatchObject({ type: "post.created", data: { title: "Bread" } });
  });
});
