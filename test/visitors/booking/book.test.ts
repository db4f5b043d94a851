import { beforeEach, describe, expect, it } from "vitest";
import { START, TestClock } from "../../support/fixtures.ts";
import { Browser, hiddenIn, type Loaded, OWN } from "../shop/browser.ts";
import { DAY, linksIn, makeVisitedHouse, timesIn, type VisitedHouse } from "./world.ts";

const clock = new TestClock();
let house: VisitedHouse;
let haircut: string;
let browser: Browser;

const ADA = { name: "Ada Baker", email: "ada@example.com", phone: "+31 20 123", note: "Short, please" };

beforeEach(async () => {
  clock.time = START;
  house = await makeVisitedHouse(clock);
  haircut = await house.service();
  browser = new Browser(house);
});

const dayOf = (from: Browser, query = `date=${DAY}`, service = haircut) => from.visit(`/book/${service}?${query}`);

/** The form of the nth free time of a day. */
async function formOf(from: Browser, nth = 0, service = haircut): Promise<Loaded> {
  const links = linksIn((await dayOf(from, undefined, service)).text, /[?&]time=/);
  return from.load(links[nth] as string);
}

const send = (from: Browser, form: Loaded, fields: Record<string, string> = {}, service = haircut) =>
  from.submit(`/book/${service}`, { ...hiddenIn(form.text), ...ADA, ...fields });

describe("what can be booked", () => {
  it("services that can be booked are listed with their length and price, in the page's language", async () => {
    await house.service({ name: "Hidden", active: false });
    const page = await browser.visit("/book");
    expect(page.status).toBe(200);
    for (const it of ["Book an appointment", "Haircut", "1 hr", "€45.00", `/book/${haircut}`]) {
      expect(page.text).toContain(it);
    }
    expect(page.text).not.toContain("Hidden");
    const german = await browser.visit("/de/book");
    expect(german.text).toContain("Termin buchen");
    expect(german.text).toContain(`/s/${house.slug}/de/book/${haircut}`);
  });

  it("a website on which nothing can be booked has no such pages", async () => {
    await house.ask("PATCH", `/booking/services/${haircut}`, { active: false });
    for (const path of ["/book", `/book/${haircut}`, "/book/svc_nothing", "/book/bookings/bkg_nothing?token=x"]) {
      expect([path, (await browser.visit(path)).status]).toEqual([path, 404]);
    }
  });

  it("a day shows its free times by the website's clock, and the ways to other days with free times", async () => {
    const page = await dayOf(browser);
    expect(timesIn(page.text)).toEqual(["09:00", "10:00", "11:00"]);
    expect(page.text).toContain("Central European Time (Europe/Amsterdam)");
    expect(linksIn(page.text, /date=2026-12-03$/)).toHaveLength(1);
    expect(linksIn(page.text, /date=2026-12-05$/)).toHaveLength(1);
  });

  it("a day without free times leads to the next one that has some", async () => {
    const sunday = await dayOf(browser, "date=2026-12-06");
    expect(sunday.text).toContain("Nothing is free on Sunday, 6 December 2026.");
    expect(sunday.text).toContain("Next free day: Monday, 7 December 2026");
    await house.settle({ booking: { hours: [] } });
    expect((await dayOf(browser)).text).toContain("choose a later date");
  });

  it("days and times that are none, past or too far ahead show the nearest day there is", async () => {
    for (const date of ["", "x", "2020-01-01", "2026-02-30", "2026-13-01", "<script>"]) {
      const page = await dayOf(browser, `date=${encodeURIComponent(date)}`);
      expect([date, page.status, page.text.includes('value="2026-11-20"')]).toEqual([date, 200, true]);
    }
    expect((await dayOf(browser, "date=9999-12-31")).status).toBe(200);
    for (const time of ["x", "2026-12-04T09:00", "9999-99-99T99:99:99.999Z"]) {
      expect((await dayOf(browser, `date=${DAY}&time=${time}`)).text).toContain("Free times on");
    }
  });
});

describe("booking", () => {
  it("a form books the time and leads to the booking's page, which is for its customer alone", async () => {
    const form = await formOf(browser, 1);
    expect(form.text).toContain("Book with obligation to pay");
    const done = await send(browser, form);
    expect(done.status).toBe(200);
    expect(done.path).toMatch(new RegExp(`^/s/${house.slug}/book/bookings/bkg_[0-9A-Z]+\\?token=`));
    for (const it of [
      "Confirmed",
      "Haircut",
      "4 December 2026",
      "10:00",
      "€45.00",
      "Keizersgracht 1",
      "Short, please",
    ]) {
      expect(done.text).toContain(it);
    }
    expect(done.headers.get("Cache-Control")).toBe("no-store");
    expect(done.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(done.headers.get("X-Robots-Tag")).toBe("noindex");
    const [booking, ...others] = await house.bookings();
    expect(others).toEqual([]);
    expect(booking).toMatchObject({
      startTime: "2026-12-04T10:00:00+01:00",
      customer: { name: ADA.name, email: ADA.email, phone: ADA.phone },
      ...{ note: ADA.note, source: "visitor", status: "confirmed" },
    });
    expect(timesIn((await dayOf(browser)).text)).toEqual(["09:00", "11:00"]);
  });

  it("a form that is sent ten times at once books once, and each is led to the booking", async () => {
    const form = await formOf(browser);
    const sent = await Promise.all(Array.from({ length: 8 }, () => send(browser, form)));
    expect(new Set(sent.map(({ path }) => path)).size).toBe(1);
    expect(sent.every(({ status }) => status === 200)).toBe(true);
    expect(await house.bookings()).toHaveLength(1);
    // The page of the form, gone back to.
    expect((await send(browser, form)).path).toBe(sent[0]?.path);
  });

  it("of two visitors who choose the same time one has it, and the other is shown what is left, with all that was typed", async () => {
    const other = new Browser(house);
    const [mine, theirs] = [await formOf(browser), await formOf(other)];
    await send(browser, mine);
    const late = await send(other, theirs, { name: "Milo", email: "milo@example.com" });
    expect(late.status).toBe(409);
    expect(late.text).toContain("This time is no longer free.");
    expect(late.text).toContain('value="milo@example.com"');
    expect([...late.text.matchAll(/type="radio" name="time" value="([^"]+)"/g)].map(([, it]) => it)).toEqual([
      "2026-12-04T09:00:00.000Z",
      "2026-12-04T10:00:00.000Z",
    ]);
    const time = "2026-12-04T10:00:00.000Z";
    const done = await send(other, late, { name: "Milo", email: "milo@example.com", time });
    expect(done.text).toContain("11:00");
    expect(await house.bookings()).toHaveLength(2);
  });

  it("what is missing or wrong is said beside its field, in the page's language, and nothing is booked", async () => {
    const form = await formOf(browser);
    const wrong = await send(browser, form, { name: "", email: "nobody" });
    expect(wrong.status).toBe(422);
    for (const it of ["Please fill this in.", "Please enter a valid e-mail address.", 'value="nobody"']) {
      expect(wrong.text).toContain(it);
    }
    expect(wrong.text).toContain('aria-describedby="problem-email"');
    const german = await browser.submit(`/de/book/${haircut}`, { ...hiddenIn(form.text), ...ADA, email: "" });
    expect(german.text).toContain("Bitte ausfüllen.");
    const long = await send(browser, form, { note: "x".repeat(3_000) });
    expect(long.status).toBe(422);
    expect(await house.bookings()).toEqual([]);
  });

  it("several book a course together as long as it has room", async () => {
    const course = await house.service({ name: "Course", capacity: 4, price: null });
    const form = await formOf(browser, 0, course);
    expect(form.text).toContain('name="people"');
    expect(form.text).toContain("Book now");
    await send(browser, form, { people: "3" }, course);
    const other = new Browser(house);
    expect((await dayOf(other, undefined, course)).text).toContain("Places left: 1");
    const late = await send(other, await formOf(other, 0, course), { people: "2", email: "milo@example.com" }, course);
    expect([late.status, late.text.includes("not that many places")]).toEqual([409, true]);
    expect((await house.bookings()).map((it) => it.people)).toEqual([3]);
  });

  it("whoever is chosen does it", async () => {
    const ids = await Promise.all(
      ["Grace", "Milo"].map(async (name) => (await house.ask("POST", "/booking/staff", { name })).body.data.id),
    );
    const staffed = await house.service({ name: "Colour", staffIds: ids });
    const page = await dayOf(browser, undefined, staffed);
    expect(page.text).toContain("Anyone who is free");
    const chosen = await dayOf(browser, `date=${DAY}&staff=${ids[1]}`, staffed);
    const form = await browser.load(linksIn(chosen.text, /[?&]time=/)[0] as string);
    const done = await send(browser, form, {}, staffed);
    expect(done.text).toContain("Milo");
    expect((await house.bookings())[0].staffId).toBe(ids[1]);
  });

  it("a program that fills in what nobody sees is not heard", async () => {
    await send(browser, await formOf(browser), { website: "https://spam.example" });
    expect(await house.bookings()).toEqual([]);
  });

  it("a form of another host's page books nothing", async () => {
    const form = await formOf(browser);
    const headers = { ...OWN, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    const body = new URLSearchParams({ ...hiddenIn(form.text), ...ADA });
    expect((await browser.send("POST", `/s/${house.slug}/book/${haircut}`, headers, body)).status).toBe(403);
    expect(await house.bookings()).toEqual([]);
  });
});
