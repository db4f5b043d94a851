import { describe, expect, it } from "vitest";
import { openingTimes } from "../../src/rendering/structured/opening-times.ts";
import { weekdaySpans } from "../../src/rendering/text/weekdays.ts";

const read = (text: string) => openingTimes("monday", text).map(({ opens, closes }) => `${opens}-${closes}`);

describe("opening hours as people write them", () => {
  it.each([
    ["07:00–18:00", ["07:00-18:00"]],
    ["9–17 Uhr", ["09:00-17:00"]],
    ["9.30 - 12.30, 14 - 18h", ["09:30-12:30", "14:00-18:00"]],
    ["9 am – 5:30 pm", ["09:00-17:30"]],
    ["12 am – 12 pm", ["00:00-12:00"]],
    ["18:00–02:00", ["18:00-02:00"]],
    ["8h30 à 12h and 13h–24:00", ["08:30-12:00", "13:00-23:59"]],
  ])("opening hours as people write them are understood: %s", (text, times) => {
    expect(read(text)).toEqual(times);
  });

  it.each(["closed", "by appointment", "9–17 by appointment", "25:00–26:00", "9:75–10", "9–5 pm", "13 pm – 2 pm", ""])(
    "opening hours as people write them are left unsaid where they say something else: %s",
    (text) => expect(read(text)).toEqual([]),
  );

  it("opening hours as people write them take no longer the longer they are", () => {
    expect(read("9".repeat(100_000))).toEqual([]);
    expect(read(`${"1-2,".repeat(40)}x`)).toEqual([]);
  });

  it("opening hours of working days are those of five", () => {
    expect(openingTimes("weekdays", "9-17")[0]?.days).toHaveLength(5);
    expect(openingTimes("holidays", "9-17")).toEqual([]);
  });

  it("days that follow each other are one span", () => {
    expect(weekdaySpans(["monday", "tuesday", "wednesday", "sunday"], "en")).toBe("Mon – Wed, Sun");
    expect(weekdaySpans(["saturday", "sunday"], "de")).toBe("Sa, So");
  });
});
