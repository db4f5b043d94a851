import { beforeEach, describe, expect, it } from "vitest";
import { START, TestClock } from "../../support/fixtures.ts";
import { Browser, hiddenIn, type Loaded } from "../shop/browser.ts";
import { DAY, linksIn, makeVisitedHouse, timesIn, type VisitedHouse } from "./world.ts";

const clock = new TestClock();
let house: VisitedHouse;
let browser: Browser;

const ADA = { name: "Ada Baker", email: "ada@example.com", note: "A high chair" };

beforeEach(async () => {
  clock.time = START;
  house = await makeVisitedHouse(clock);
  await house.table(2);
  browser = new Browser(house);
});

const dayOf = (from: Browser, people = 2, date = DAY) => from.visit(`/reserve?date=${date}&people=${people}`);

async function formOf(from: Browser, nth = 0): Promise<Loaded> {
  return from.load(linksIn((await dayOf(from)).text, /[?&]time=/)[nth] as string);
}

const send = (from: Browser, form: Loaded, fields: Record<string, string> = {}) =>
  from.submit("/reserve", { ...hiddenIn(form.text), people: "2", ...ADA, ...fields });

describe("reserving a table", () => {
  it("times at which a table is free for so many are shown by the website's clock", async () => {
    const page = await dayOf(browser);
    expect(timesIn(page.text)).toEqual(["18:00", "18:30", "19:00", "19:30", "20:00"]);
    expect(page.text).toContain("Free tables on Friday, 4 December 2026");
    const sunday = await dayOf(browser, 2, "2026-12-06");
    expect(sunday.text).toContain("Next free day: Monday, 7 December 2026");
  });

  it("more people than the largest table in use takes are told how many it does", async () => {
    const page = await dayOf(browser, 20);
    expect(page.text).toContain("We take up to 2 people online.");
    expect(page.text).toContain('min="1" max="2" value="2"');
    const large = await house.table(8);
    expect((await dayOf(browser, 8)).text).not.toContain("We take up to");
    await house.ask("PATCH", `/reservation/tables/${large}`, { active: false });
    expect((await dayOf(browser, 8)).text).toContain("We take up to 2 people online.");
  });

  it("a form reserves it and leads to the reservation's page", async () => {
    const done = await send(browser, await formOf(browser, 2));
    expect(done.path).toMatch(new RegExp(`^/s/${house.slug}/reserve/reservations/resv_[0-9A-Z]+\\?token=`));
    for (const it of ["Your table is reserved.", "19:00", "Keizersgracht 1", "A high chair"])
      expect(done.text).toContain(it);
    expect(done.headers.get("Cache-Control")).toBe("no-store");
    const [row, ...others] = await house.reservations();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ date: DAY, time: "19:00", partySize: 2, source: "visitor", status: "confirmed" });
  });

  it("a form that is sent eight times at once reserves once, and each is led to the reservation", async () => {
    const form = await formOf(browser);
    const sent = await Promise.all(Array.from({ length: 8 }, () => send(browser, form)));
    expect(new Set(sent.map(({ path }) => path)).size).toBe(1);
    expect(await house.reservations()).toHaveLength(1);
  });

  it("of two who want the last table one has it, and the other is shown what is left, with all that was typed", async () => {
    const other = new Browser(house);
    const [mine, theirs] = [await formOf(browser), await formOf(other)];
    await send(browser, mine);
    const late = await send(other, theirs, { email: "milo@example.com" });
    expect([late.status, late.text.includes("There is no table left at this time")]).toEqual([409, true]);
    expect(late.text).toContain('value="milo@example.com"');
    const [, time] = /type="radio" name="time" value="([^"]+)"/.exec(late.text) ?? [];
    const done = await send(other, late, { email: "milo@example.com", time: time as string });
    expect(done.text).toContain("Your table is reserved.");
  });

  it("what is missing or wrong is said beside its field, and nothing is reserved", async () => {
    const form = await formOf(browser);
    const wrong = await send(browser, form, { name: "", email: "", people: "0" });
    expect(wrong.status).toBe(422);
    expect(wrong.text.match(/class="problem"/g)).toHaveLength(3);
    expect(wrong.text).toContain('<a href="#field-name">Name: please fill this in.</a>');
    const many = await send(browser, form, { people: "3" });
    expect([many.status, many.text.includes("People: we take up to 2 people online.")]).toEqual([422, true]);
    expect(await house.reservations()).toEqual([]);
  });

  it("its link cancels it after a question, in the language it was made in", async () => {
    const page = await browser.visit(`/de/reserve?date=${DAY}&people=2`);
    const form = await browser.load(linksIn(page.text, /[?&]time=/)[0] as string);
    const made = await browser.submit("/de/reserve", { ...hiddenIn(form.text), people: "2", ...ADA });
    expect(made.text).toContain("Möchten Sie diese Reservierung wirklich stornieren?");
    const done = await browser.submit(made.path, { action: "cancel" });
    expect(done.text).toContain("Storniert");
    expect((await house.reservations())[0]).toMatchObject({ status: "cancelled", locale: "de" });
  });

  it("its link moves it to a time at which a table is free, its own table among them", async () => {
    const page = await send(browser, await formOf(browser));
    const move = await browser.load(linksIn(page.text, /\/move\?/)[0] as string);
    const times = [...move.text.matchAll(/name="time" value="([^"]+)"/g)].map(([, it]) => it as string);
    expect(times).toHaveLength(4);
    const done = await browser.submit(move.path, { time: times[0] as string });
    expect(done.path).toBe(`${page.path}&moved=yes`);
    expect(done.text).toContain("Your reservation has been moved.");
    expect((await house.reservations())[0]).toMatchObject({ date: DAY, time: "18:30" });
  });

  it("where something can be booked is in the map and the list for models, while something can be", async () => {
    const files = async () =>
      (await Promise.all(["/sitemap.xml", "/llms.txt"].map((it) => browser.visit(it)))).map(({ text }) => text);
    for (const text of await files())
      expect([text.includes("/reserve"), text.includes("/book")]).toEqual([true, false]);
  });

  it("a website that takes no reservations has no such page", async () => {
    await house.settle({ reservation: { services: [] } });
    expect((await dayOf(browser)).status).toBe(404);
  });
});

describe("blocks", () => {
  it("show what can be booked now, without a publish", async () => {
    const service = await house.service({ name: "Baking <b>course</b>" });
    await house.page({
      title: "Visit",
      slug: "visit",
      blocks: [
        { type: "BookingWidget", props: { heading: "Courses" } },
        { type: "BookingWidget", props: { heading: "One of them", service } },
        { type: "BookingWidget", props: { service: "svc_nothing" } },
        { type: "ReservationWidget", props: { heading: "A table", partySize: 4 } },
      ],
    });
    await house.publish();
    const page = await browser.visit("/visit");
    expect(page.text).toContain("Baking &lt;b&gt;course&lt;/b&gt;");
    expect(page.text).toContain("booking.css");
    expect(page.text).toContain("Nothing can be booked here at the moment.");
    expect(page.text).toMatch(new RegExp(`action="/s/${house.slug}/reserve"`));
    expect(page.text).toContain('name="people" type="number" inputmode="numeric" min="1" max="2" value="2"');
    expect(linksIn(page.text, new RegExp(`/book/${service}\\?date=[^&]+&time=`)).length).toBeGreaterThan(0);
    await house.ask("PATCH", `/booking/services/${service}`, { active: false });
    expect((await browser.visit("/visit")).text).not.toContain("Baking");
    expect((await browser.visit("/")).text).not.toContain("booking.css");
  });
});
