import { type DefaultTreeAdapterMap, parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { contactWays } from "../../src/rendering/booking/contact.ts";
import { detailsMain, type DetailsPage } from "../../src/rendering/booking/details-page.ts";
import { linkedMain, type LinkedPage } from "../../src/rendering/booking/linked-page.ts";
import { lengthOf, momentsIn } from "../../src/rendering/booking/moments.ts";
import { moveMain, type MovePage } from "../../src/rendering/booking/move-page.ts";
import { reservationWordsFor } from "../../src/rendering/booking/reservation-words.ts";
import { serviceList } from "../../src/rendering/booking/services.ts";
import { timesMain, type TimesPage } from "../../src/rendering/booking/times-page.ts";
import { bookingWordsFor, type BookingWords } from "../../src/rendering/booking/words.ts";
import { nothing } from "../../src/rendering/blocks/kit.ts";
import { PAYLOADS } from "./payloads.ts";

type Node = DefaultTreeAdapterMap["node"];

const LANGUAGES = ["en", "de", "nl", "fr", "es", "ar"];
const HOUR_MS = 3_600_000;
const TEN = Date.UTC(2026, 11, 1, 9);

const timeOf = (startAt: number) => ({ startAt, endAt: startAt + HOUR_MS, left: null });

const picker = (said: string) => ({
  ...{ action: "/book/course", date: "2026-12-01", min: "2026-11-29", max: "2027-01-28", people: { value: 2, max: 8 } },
  staff: { value: "", options: [{ value: "", label: said }] },
  earlier: { date: "2026-11-30", href: "/book/course?date=2026-11-30" },
  later: null,
  kept: { token: said },
});

const times = (said: string, locale = "en", words: BookingWords = bookingWordsFor(locale)): TimesPage => ({
  ...{ locale, timeZone: "Europe/Berlin", words, title: said, facts: nothing, description: said, notice: said },
  contact: contactWays({ email: said, phone: said }),
  picker: picker(said),
  day: { date: "2026-12-01", times: [timeOf(TEN), { ...timeOf(TEN + HOUR_MS), left: 3 }], next: null },
  hrefOf: ({ startAt }) => `/book/course?at=${startAt}`,
  back: { href: "/book", label: said },
});

const details = (said: string, locale = "en"): DetailsPage => ({
  ...{ locale, timeZone: "Europe/Berlin", words: bookingWordsFor(locale), title: said, facts: nothing },
  ...{ action: "/book/course", times: "/book/course?date=2026-12-01", chosen: timeOf(TEN), others: [] },
  typed: { name: said, email: said, phone: said, people: said, note: said },
  problems: [{ field: "email", message: said }],
  ...{ maxPeople: 4, isPhoneRequired: false, isPaid: true, hidden: { key: said } },
});

const linked = (said: string, locale = "en"): LinkedPage => ({
  ...{ locale, timeZone: "Europe/Berlin", words: bookingWordsFor(locale), what: said, status: "pending" },
  ...{ startAt: TEN, endAt: TEN + HOUR_MS, holdUntil: TEN - HOUR_MS, staff: said, people: 2 },
  ...{ price: { amount: 4_500, currency: "EUR" }, place: [said], note: said, confirming: "here", canCancel: true },
  ...{ calendar: "/calendar", move: "/move", action: "/book/bookings/bkg_1?token=x", notice: null },
  ...{ isMoved: false, again: "/book", contact: contactWays({ email: said, phone: said }) },
});

const move = (said: string, locale = "en"): MovePage => ({
  ...{
    locale,
    timeZone: "Europe/Berlin",
    words: bookingWordsFor(locale),
    what: said,
    startAt: TEN,
    endAt: TEN + HOUR_MS,
  },
  ...{ picker: picker(said), day: times(said).day, action: "/move", back: "/book/bookings/bkg_1", problems: [] },
  contact: contactWays({ email: said, phone: said }),
});

const service = (said: string) => ({
  ...{ name: said, description: said, minutes: 90, price: 4_500, currency: "EUR", href: "/book/course" },
});

const PAGES: Record<string, (said: string, locale?: string) => string> = {
  services: (said, locale = "en") =>
    String(serviceList([service(said)], "h2", { locale, words: bookingWordsFor(locale) })),
  times: (said, locale) => String(timesMain(times(said, locale))),
  details: (said, locale) => String(detailsMain(details(said, locale))),
  linked: (said, locale) => String(linkedMain(linked(said, locale))),
  move: (said, locale) => String(moveMain(move(said, locale))),
};

/** Elements and attributes of some HTML. */
function partsOf(html: string): { tags: Set<string>; attributes: Set<string> } {
  const [tags, attributes] = [new Set<string>(), new Set<string>()];
  const visit = (node: Node): void => {
    if ("tagName" in node) {
      tags.add(node.tagName);
      for (const { name } of node.attrs) attributes.add(name);
    }
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(html));
  return { tags, attributes };
}

describe.each(Object.entries(PAGES))("the page of %s", (_, render) => {
  it("scripts, tags and attributes in whatever owners and visitors write are text", () => {
    const expected = partsOf(render("Good"));
    for (const payload of PAYLOADS) {
      const { tags, attributes } = partsOf(render(payload));
      expect([payload, [...tags].filter((it) => !expected.tags.has(it) && it !== "br")]).toEqual([payload, []]);
      expect([payload, [...attributes].filter((it) => !expected.attributes.has(it))]).toEqual([payload, []]);
    }
  });

  it.each(LANGUAGES)("in %s no place for a word is left empty, and one language is spoken", (locale) => {
    const text = render("Good", locale);
    expect(text).not.toMatch(/\{\w+\}|undefined|\[object/);
    if (locale !== "en") expect(text).not.toBe(render("Good", "en"));
  });
});

describe("words of bookings and reservations", () => {
  it.each(LANGUAGES)("%s has every word, with its places for what is told", (locale) => {
    for (const wordsFor of [bookingWordsFor, reservationWordsFor]) {
      const [words, english] = [wordsFor(locale), wordsFor("en")];
      const placesIn = (it: unknown) => [...JSON.stringify(it).matchAll(/\{\w+\}/g)].map(String).sort();
      for (const [name, said] of Object.entries(english)) {
        const own = words[name as keyof BookingWords];
        expect([name, typeof own, placesIn(own)]).toEqual([name, typeof said, placesIn(said)]);
        if (locale !== "en" && typeof own === "object") expect(Object.keys(own)).toEqual(Object.keys(said as object));
      }
    }
  });
});

describe("times on a page", () => {
  it("a time is told by the site's clock, which is named, and addressed by its moment", () => {
    const text = String(timesMain(times("Course")));
    expect(text).toContain('datetime="2026-12-01T09:00:00.000Z">10:00');
    expect(text).toContain("Central European Time (Europe/Berlin)");
    expect(text).toContain("Free times on Tuesday, 1 December 2026");
    expect(text).toContain("Places left: 3");
  });

  it("of two times that the clock shows alike each says by which clock it is", () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    const day = { date: "2026-10-25", times: [timeOf(first), timeOf(first + HOUR_MS)], next: null };
    const text = String(timesMain({ ...times("Course"), day }));
    expect(text).toContain("02:30 CEST");
    expect(text).toContain("02:30 CET");
  });

  it("a day without times leads to the next one that has some, and says so where there is none", () => {
    const page = times("Course");
    const next = { date: "2026-12-03", href: "/book/course?date=2026-12-03" };
    expect(String(timesMain({ ...page, day: { date: "2026-12-01", times: [], next } }))).toMatch(
      /href="\/book\/course\?date=2026-12-03">Next free day: Thursday, 3 December 2026/,
    );
    expect(String(timesMain({ ...page, day: { date: "2026-12-01", times: [], next: null } }))).toContain(
      "choose a later date",
    );
  });

  it("what takes 90 minutes takes an hour and a half", () => {
    expect([lengthOf("en", 90), lengthOf("en", 45), lengthOf("de", 120)]).toEqual(["1 hr 30 min", "45 min", "2 Std."]);
  });

  it("English is American in the USA and where it says so, and that of the rest of the world elsewhere", () => {
    const told = (locale: string, zone: string) =>
      momentsIn(locale, zone)
        .moment(TEN + 5 * HOUR_MS)
        .replace(/\s/g, " ");
    expect(told("en", "Europe/Berlin")).toBe("Tuesday, 1 December 2026 at 15:00");
    expect(told("en", "America/New_York")).toBe("Tuesday, December 1, 2026 at 9:00 AM");
    expect(told("en-US", "Europe/Berlin")).toBe("Tuesday, December 1, 2026 at 3:00 PM");
  });

  it("a span over midnight names both days", () => {
    expect(momentsIn("en", "Europe/Berlin").span(TEN + 13 * HOUR_MS, TEN + 15 * HOUR_MS)).toMatch(
      /1 December.*2 December/,
    );
  });
});

describe("the form of a booking", () => {
  it("keeps what was typed, and offers other times once the one that was chosen is taken", () => {
    const text = String(detailsMain({ ...details("Ada"), chosen: null, others: [timeOf(TEN), timeOf(TEN + HOUR_MS)] }));
    expect(text).toContain('name="name" type="text" value="Ada"');
    expect(text.match(/type="radio" name="time"/g)).toHaveLength(2);
    expect(text).not.toContain('type="hidden" name="time"');
  });

  it("has no button where no time is left", () => {
    expect(String(detailsMain({ ...details("Ada"), chosen: null }))).not.toContain("<button");
  });

  it("says on its button that something is to be paid, where it is", () => {
    expect(String(detailsMain(details("Ada", "de")))).toContain("Zahlungspflichtig buchen");
    expect(String(detailsMain({ ...details("Ada", "de"), isPaid: false }))).toContain("Jetzt buchen");
  });
});

describe("the page behind a booking's link", () => {
  it("offers what can be done and nothing else", () => {
    const open = String(linkedMain(linked("Course")));
    for (const value of ["confirm", "cancel"]) expect(open).toContain(`name="action" value="${value}"`);
    expect(open).toContain('href="/move"');
    const mailed = String(linkedMain({ ...linked("Course"), confirming: "by mail" }));
    expect(mailed).toContain("We have sent you an e-mail.");
    expect(mailed).not.toContain('value="confirm"');
    const closed = {
      ...linked("Course"),
      status: "completed" as const,
      confirming: null,
      canCancel: false,
      move: null,
    };
    expect(String(linkedMain(closed))).not.toMatch(/<button|href="\/move"|href="\/calendar"/);
  });
});
