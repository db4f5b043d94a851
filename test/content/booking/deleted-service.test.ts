import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../../support/fixtures.ts";
import { type Diary, DAY, makeDiary } from "./world.ts";

const clock = new TestClock();
const DAY_MS = 86_400_000;
let diary: Diary;
let serviceId: string;

beforeEach(async () => {
  clock.time = Date.UTC(2026, 10, 20, 12);
  diary = await makeDiary(clock);
  serviceId = (await diary.service()).id;
});

const remove = () => diary.ask("DELETE", `/services/${serviceId}`);
describe("a booking service", () => {
  it("stays while bookings of it are to come, and is deleted once they are over or cancelled", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    const refused = await remove();
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      "Bookings are to come: make it inactive instead, or cancel them first.",
    ]);
    await diary.change(id, { status: "cancelled" });
    expect((await remove()).status).toBe(204);
  });

  it("is deleted or booked, of both at the same moment", async () => {
    const [gone, booked] = await Promise.all([remove(), diary.book(serviceId, "09:00")]);
    expect([gone?.status, booked?.status]).toEqual(gone?.status === 204 ? [204, 400] : [409, 201]);
  });

  it("that is inactive keeps its bookings, which can be moved", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    await diary.ask("PATCH", `/services/${serviceId}`, { active: false });
    expect((await diary.change(id, { startTime: "11:00" })).body.data.startTime).toBe("2026-11-25T11:00:00+01:00");
    const wrong = await diary.change(id, { startTime: "23:00" });
    expect([wrong.status, Object.keys(wrong.body.error.details.fields)]).toEqual([400, ["startTime"]]);
    expect((await diary.book(serviceId, "13:00")).status).toBe(400);
  });

  it("that is deleted is called an appointment in calendars, and its bookings say that they cannot be moved", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    clock.time = Date.parse(`${DAY}T12:00:00Z`);
    expect((await remove()).status).toBe(204);
    const { text } = await diary.ask("GET", `/bookings/${id}/calendar`);
    expect(text).toContain("SUMMARY:Appointment: Bo");
    expect(text).not.toContain(serviceId);
    const refused = await diary.change(id, { date: new Date(clock.time + DAY_MS).toISOString().slice(0, 10) });
    expect([refused.status, Object.keys(refused.body.error.details.fields)]).toEqual([409, ["date"]]);
  });
});

describe("a mail about a booking", () => {
  it("has a link once the website is published, and none before", async () => {
    const textOf = async (kind: string): Promise<string> => {
      const row = await env.DB.prepare("SELECT content FROM mails WHERE site_id = ?1 AND kind = ?2")
        .bind(diary.siteId, kind)
        .first<{ content: string }>();
      return JSON.parse(row?.content as string).text;
    };
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    expect(await textOf("booking.confirmed")).not.toContain("http");
    const site = `/v1/sites/${diary.siteId}`;
    await call("POST", `${site}/pages`, { headers: diary.headers, body: { title: "Home", slug: "home" } });
    await call("POST", `${site}/publish`, { headers: diary.headers });
    await diary.change(id, { status: "cancelled" });
    expect(await textOf("booking.cancelled")).toContain(`/book/bookings/${id}?token=`);
  });
});

describe("a booking's refusals", () => {
  it("say that a time is past, and that a hold has run out", async () => {
    const past = await diary.book(serviceId, "09:00", { date: "2026-11-19" });
    expect(past.body.error.details.fields).toEqual({ startTime: "is past" });
    const holdUntil = new Date(clock.time + 60_000).toISOString();
    const { id } = (await diary.book(serviceId, "09:00", { status: "pending", holdUntil })).body.data;
    clock.time += 60_000;
    const late = await diary.change(id, { status: "confirmed" });
    expect([late.status, late.body.error.message]).toEqual([409, "The hold has run out; make a new booking."]);
  });
});
