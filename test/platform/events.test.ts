import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { purgeEvents } from "../../src/platform/events/service.ts";
import { Client } from "../support/client.ts";
import { makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
const DAY = 24 * 3_600_000;
let api: Client;

beforeEach(async () => {
  const workspace = await makeWorkspace(clock);
  api = new Client(clock, (await workspace.key()).headers, "/api/v1");
});

const post = async (title: string): Promise<number> => (await api.create("/posts", { title })).id;
const feed = async (query: string) => {
  const { status, body, text } = await api.get(`/events?${query}`);
  expect(status, text).toBe(200);
  return { titles: body.data.map((event: { data: { title: string } }) => event.data.title), ...body.meta };
};

describe("the cursor of the event feed", () => {
  it("the cursor of the event feed moves with the feed, however rare the type that is asked for", async () => {
    await post("First");
    const start = await feed("type=post.deleted");
    expect(start).toMatchObject({ titles: [], has_more: false, next_after: expect.stringMatching(/^evt_/) });
    let after = start.next_after;
    for (let day = 0; day < 40; day += 10) {
      clock.advance(10 * DAY);
      await post(`Day ${day}`);
      after = (await feed(`type=post.deleted&after=${after}`)).next_after;
    }
    await api.delete(`/posts/${await post("Short-lived")}`);
    const last = await feed(`type=post.deleted&after=${after}`);
    expect(last.titles).toEqual(["Short-lived"]);
    expect(await feed(`type=post.deleted&after=${last.next_after}`)).toEqual({ ...last, titles: [] });
  });

  it("the cursor of the event feed stands at the last event shown while there are more", async () => {
    for (const title of ["One", "Two", "Three"]) await post(title);
    const first = await feed("type=post.created&limit=2");
    expect(first).toMatchObject({ titles: ["One", "Two"], has_more: true });
    expect((await feed(`type=post.created&after=${first.next_after}`)).titles).toEqual(["Three"]);
  });

  it.each([true, false])(
    "the cursor of the event feed is expired once older than 30 days (purged: %s)",
    async (purge) => {
      await post("Old");
      const { next_after: old } = await feed("");
      clock.advance(31 * DAY);
      const empty = await api.get(`/events?after=${old}`);
      expect(empty.body).toMatchObject({ error: "cursor_expired", oldest_event: null });
      await post("New");
      if (purge) await purgeEvents(env, clock.time);
      const refused = await api.get(`/events?after=${old}`);
      const oldest = (await api.get("/events")).body.data[0].id;
      expect([refused.status, refused.body]).toEqual([
        410,
        expect.objectContaining({ error: "cursor_expired", oldest_event: oldest }),
      ]);
      expect((await feed("")).titles).toEqual(["New"]);
    },
  );

  it("the cursor of the event feed is refused as unknown when it names no event of these 30 days", async () => {
    await post("Known");
    const { next_after: id } = await feed("");
    for (const after of [
      `${id.slice(0, -4)}ABCD`,
      "evt_7ZZZZZZZZZ0000000000000000",
      "evt_UUUUUUUUUU0000000000000000",
    ]) {
      const refused = await api.get(`/events?after=${after}`);
      expect([refused.status, refused.body.error]).toEqual([422, "validation_failed"]);
    }
  });
});
