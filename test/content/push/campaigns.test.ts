import { beforeEach, describe, expect, it } from "vitest";
import { START, TestClock } from "../../support/fixtures.ts";
import { arrivals, browsers, pushWorld } from "./world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.use();
  clock.time = START;
});

describe("a campaign", () => {
  it("what is sent is encrypted for each browser, signed by the website's key, and says what the campaign says", async () => {
    const world = await pushWorld(clock);
    const all = await browsers(3);
    await world.subscribe(all);
    const id = await world.campaign({ url: "/rye", ttlSeconds: 600, urgency: "high", topic: "bread" });
    expect(await world.get(id)).toMatchObject({ status: "sending", recipients: 0, channel: "web_push" });
    await world.finish(id);
    const got = (await Promise.all(all.map(arrivals))).flat();
    expect(got).toHaveLength(3);
    for (const it of got) {
      expect(it).toMatchObject({ ttl: "600", urgency: "high", topic: "bread", bytes: 4_096 });
      expect(it.message).toEqual({ title: "Fresh rye", body: "Out of the oven.", url: "/rye", icon: null });
    }
    expect(new Set(got.map(({ key }) => key)).size).toBe(1);
    const figures = { recipients: 3, queued: 0, sent: 3, failed: 0, gone: 0, unconfirmed: 0, suppressed: 0 };
    expect(await world.get(id)).toMatchObject({ status: "sent", ...figures });
  });
});
