import ICAL from "ical.js";
import { beforeEach, describe, expect, it } from "vitest";
import { answerOf, call, requestOf, TestClock } from "../../support/fixtures.ts";
import { exports } from "cloudflare:workers";
import { type Diary, makeDiary } from "./world.ts";

const clock = new TestClock();
let diary: Diary;
let serviceId: string;

beforeEach(async () => {
  clock.time = Date.UTC(2026, 10, 20, 12);
  diary = await makeDiary(clock);
  serviceId = (await diary.service({ name: "Cut; wash, dry" })).id;
});

/** What an independent parser reads of a calendar file. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((it) => {
    const event = new ICAL.Event(it);
    const { uid, sequence, summary, startDate, endDate } = event;
    const status = it.getFirstPropertyValue("status");
    return {
      uid,
      sequence,
      summary,
      status,
      start: startDate.toJSDate().toISOString(),
      end: endDate.toJSDate().toISOString(),
    };
  });
  return { method: calendar.getFirstPropertyValue("method"), events };
}

const fileOf = async (id: string) => read((await diary.ask("GET", `/bookings/${id}/calendar`)).text);

/** The path of a link, as the program that subscribes to it calls it. */
const pathOf = (url: string): string => url.slice(new URL(url).origin.length);

const subscribed = async (url: string, headers: Record<string, string> = {}) =>
  answerOf(await exports.default.fetch(requestOf("GET", pathOf(url), { headers })));

describe("the calendar", () => {
  it("a booking's file says what was booked, whatever is in its name, and follows it: moved under the same UID, taken away when cancelled", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    const first = await fileOf(id);
    const { text } = await diary.ask("GET", `/bookings/${id}/calendar`);
    expect(text).toContain("\r\nX-WR-CALNAME:Cut\\; wash\\, dry\r\n");
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(first).toEqual({
      method: "PUBLISH",
      events: [
        {
          ...{ uid: id, sequence: 0, status: "CONFIRMED" },
          summary: expect.stringContaining("Cut; wash, dry"),
          ...{ start: "2026-11-25T08:00:00.000Z", end: "2026-11-25T09:00:00.000Z" },
        },
      ],
    });
    await diary.change(id, { startTime: "11:00" });
    const moved = await fileOf(id);
    expect(moved.events[0]).toMatchObject({ uid: id, sequence: 1, start: "2026-11-25T10:00:00.000Z" });
    await diary.change(id, { status: "cancelled" });
    const cancelled = await fileOf(id);
    expect(cancelled.method).toBe("CANCEL");
    expect(cancelled.events[0]).toMatchObject({ uid: id, sequence: 2, status: "CANCELLED" });
  });

  it("the feed has what is booked and not what was cancelled, and answers 304 while nothing has changed", async () => {
    const kept = (await diary.book(serviceId, "09:00")).body.data;
    const gone = (await diary.book(serviceId, "10:00")).body.data;
    const { url } = (await diary.ask("GET", "/calendar")).body.data;
    const both = await subscribed(url);
    expect(both.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
    expect(read(both.text).events.map(({ uid }) => uid)).toEqual([kept.id, gone.id]);
    const etag = both.headers.get("ETag") as string;
    const unchanged = await subscribed(url, { "If-None-Match": etag });
    expect([unchanged.status, unchanged.text]).toEqual([304, ""]);
    await diary.change(gone.id, { status: "cancelled" });
    const one = await subscribed(url, { "If-None-Match": etag });
    expect(one.status).toBe(200);
    expect(read(one.text).events.map(({ uid }) => uid)).toEqual([kept.id]);
  });

  it("a link is good until it is changed or revoked, and opens no other site's calendar", async () => {
    const { url } = (await diary.ask("GET", "/calendar")).body.data;
    expect((await diary.ask("GET", "/calendar")).body.data.url).toBe(url);
    const changed = (await diary.ask("POST", "/calendar")).body.data.url;
    expect(changed).not.toBe(url);
    expect([(await subscribed(url)).status, (await subscribed(changed)).status]).toEqual([404, 200]);
    const other = await makeDiary(clock);
    expect((await subscribed(changed.replace(diary.siteId, other.siteId))).status).toBe(404);
    expect((await subscribed(changed.replace("view=whole", "view=times"))).status).toBe(404);
    expect((await diary.ask("DELETE", "/calendar")).status).toBe(204);
    expect((await subscribed(changed)).status).toBe(404);
    expect((await diary.ask("GET", "/calendar")).body.data.url).toBeNull();
    const again = (await diary.ask("POST", "/calendar")).body.data.url;
    expect((await subscribed(again)).status).toBe(200);
  });

  it("a key that may not see who comes reads and links to calendars that do not show it", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    const { headers } = await diary.workspace.key({ accessType: "integrations", attributes: ["name"] });
    const shown = await call("GET", `${diary.path}/bookings/${id}/calendar`, { headers });
    expect([shown.status, shown.text.includes("bo@example.com")]).toEqual([200, false]);
    const { url } = (await call("GET", `${diary.path}/calendar`, { headers })).body.data;
    const feed = await subscribed(url);
    expect([feed.status, feed.text.includes("bo@example.com")]).toEqual([200, false]);
    const whole = (await diary.ask("GET", "/calendar")).body.data.url;
    expect((await subscribed(whole)).text).toContain("bo@example.com");
  });
});
