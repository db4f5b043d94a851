import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { mailedProof } from "../../../src/content/live/mailed.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { Browser, hiddenIn, type Loaded } from "../shop/browser.ts";
import { DAY, linksIn, makeVisitedHouse, timesIn, type VisitedHouse } from "./world.ts";

const clock = new TestClock();
const HOUR_MS = 3_600_000;
let house: VisitedHouse;
let haircut: string;
let browser: Browser;

beforeEach(async () => {
  clock.time = START;
  house = await makeVisitedHouse(clock);
  haircut = await house.service();
  browser = new Browser(house);
});

/** A booking's page, just after it was booked. */
async function booked(from = browser): Promise<Loaded> {
  const page = await from.visit(`/book/${haircut}?date=${DAY}`);
  const form = await from.load(linksIn(page.text, /[?&]time=/)[0] as string);
  const customer = { name: "Ada Baker", email: "ada@example.com" };
  return from.submit(`/book/${haircut}`, { ...hiddenIn(form.text), ...customer });
}

const statusOf = async () => (await house.bookings())[0].status;

describe("a booking's link", () => {
  it("opens no other booking, and nothing without its token", async () => {
    const { path } = await booked();
    const [id, token] = [/bkg_[0-9A-Z]+/.exec(path)?.[0] as string, path.split("token=")[1] as string];
    const other = await booked(new Browser(house));
    const otherId = /bkg_[0-9A-Z]+/.exec(other.path)?.[0] as string;
    for (const at of [id, `${id}?token=`, `${id}?token=x`, `${otherId}?token=${token}`, `${id}?token=${token}x`]) {
      for (const below of ["", "/move"]) {
        const [named = "", query = ""] = at.split("?");
        expect((await browser.visit(`/book/bookings/${named}${below}?${query}`)).status).toBe(404);
      }
    }
    const strange = await makeVisitedHouse(clock);
    expect((await new Browser(strange).visit(`/book/bookings/${id}?token=${token}`)).status).toBe(404);
  });

  it("cancels it after a question, and its time is free again", async () => {
    const page = await booked();
    expect(page.text).toContain("Do you really want to cancel this booking?");
    const done = await browser.submit(page.path, { action: "cancel" });
    expect(done.text).toContain("Your booking has been cancelled.");
    expect(done.text).toMatch(new RegExp(`/book/${haircut}">Book again`));
    expect(done.text).not.toContain('value="cancel"');
    expect(await statusOf()).toBe("cancelled");
    expect(timesIn((await browser.visit(`/book/${haircut}?date=${DAY}`)).text)).toContain("09:00");
    // The button of a page that is still open in another tab.
    expect((await browser.submit(page.path, { action: "cancel" })).status).toBe(200);
  });

  it("moves it to a time that is free, and what it leaves is free again", async () => {
    const page = await booked();
    const move = await browser.load(linksIn(page.text, /\/move\?/)[0] as string);
    expect(timesIn(move.text)).toEqual([]);
    expect([...move.text.matchAll(/name="time" value="([^"]+)"/g)].map(([, it]) => it)).toEqual([
      "2026-12-04T09:00:00.000Z",
      "2026-12-04T10:00:00.000Z",
    ]);
    const done = await browser.submit(move.path, { time: "2026-12-04T10:00:00.000Z" });
    expect(done.path).toBe(`${page.path}&moved=yes`);
    expect(done.text).toContain("Your booking has been moved.");
    expect(done.text).not.toContain("Thank you!");
    expect(done.text).toContain("11:00");
    expect((await house.bookings())[0].startTime).toBe("2026-12-04T11:00:00+01:00");
    expect(timesIn((await browser.visit(`/book/${haircut}?date=${DAY}`)).text)).toEqual(["09:00", "10:00"]);
  });

  it("a time that somebody else has taken meanwhile is said to be taken, and the booking stays where it was", async () => {
    const page = await booked();
    const move = await browser.load(linksIn(page.text, /\/move\?/)[0] as string);
    await booked(new Browser(house));
    const late = await browser.submit(move.path, { time: "2026-12-04T09:00:00.000Z" });
    expect([late.status, late.text.includes("This time is no longer free.")]).toEqual([409, true]);
    const none = await browser.submit(move.path, {});
    expect([none.status, none.text.includes("Please fill this in.")]).toEqual([422, true]);
    expect((await house.bookings()).map((it) => it.startTime).sort()).toEqual([
      "2026-12-04T09:00:00+01:00",
      "2026-12-04T10:00:00+01:00",
    ]);
  });

  it("changes nothing once it is too late by the website's settings, and says so", async () => {
    const page = await booked();
    clock.time = Date.parse("2026-12-03T12:00:00Z");
    const late = await browser.load(page.path);
    expect(late.text).not.toMatch(/value="cancel"|\/move\?/);
    expect(late.text).toContain('Please contact us. <a href="mailto:ada@example.com">ada@example.com</a>');
    const tried = await browser.submit(page.path, { action: "cancel" });
    expect([tried.status, tried.text.includes("can no longer be changed here")]).toEqual([409, true]);
    expect((await browser.visit(`${page.path.split(house.slug)[1]?.replace("?", "/move?")}`)).path).toBe(page.path);
    expect(await statusOf()).toBe("confirmed");
  });

  it("is a file for calendars, too", async () => {
    const page = await booked();
    const [address] = linksIn(page.text, /booking\.ics/);
    const file = await browser.load(address as string);
    expect(file.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
    expect(file.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(file.text).toContain("SUMMARY:Haircut");
  });
});

describe("a booking that is confirmed by mail", () => {
  const proofOf = (id: string) => mailedProof(env, "booking", { siteId: house.id, id });

  beforeEach(() => house.settle({ booking: { confirmByEmail: true, holdMinutes: 60 } }));

  it("waits, and is confirmed by the link in the mail alone", async () => {
    const page = await booked();
    const id = /bkg_[0-9A-Z]+/.exec(page.path)?.[0] as string;
    expect(page.text).toContain("We have sent you an e-mail.");
    expect(page.text).not.toContain('value="confirm"');
    await browser.submit(page.path, { action: "confirm" });
    await browser.submit(`${page.path}&confirm=${page.path.split("token=")[1]}`, { action: "confirm" });
    expect(await statusOf()).toBe("pending");
    const mailed = await browser.load(`${page.path}&confirm=${await proofOf(id)}`);
    expect(mailed.text).toContain("Confirm booking");
    const done = await browser.submit(mailed.path, { action: "confirm" });
    expect(done.text).toContain("Your booking is confirmed.");
    expect(await statusOf()).toBe("confirmed");
  });

  it("has run out after its time, and is somebody else's to book", async () => {
    const page = await booked();
    const id = /bkg_[0-9A-Z]+/.exec(page.path)?.[0] as string;
    clock.advance(HOUR_MS);
    const late = await browser.load(`${page.path}&confirm=${await proofOf(id)}`);
    expect(late.text).toContain("Expired");
    const tried = await browser.submit(late.path, { action: "confirm" });
    expect(tried.status).toBe(409);
    expect(timesIn((await browser.visit(`/book/${haircut}?date=${DAY}`)).text)).toContain("09:00");
  });
});
