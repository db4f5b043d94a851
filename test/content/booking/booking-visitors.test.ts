import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { bookForVisitor } from "../../../src/content/booking/visitors/book.ts";
import { cancelByLink, confirmByLink, rescheduleByLink } from "../../../src/content/booking/visitors/change.ts";
import { bookingOfLink, bookingToken } from "../../../src/content/booking/visitors/link.ts";
import { commitAs, visitorContext } from "../../../src/content/live/visitor.ts";
import { newId } from "../../../src/core/ids.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import { DAY, type Diary, makeDiary } from "./world.ts";

const clock = new TestClock();
const HOUR = 3_600_000;
let diary: Diary;
let serviceId: string;

beforeEach(() => {
  clock.time = Date.UTC(2026, 10, 20, 12);
});

async function open(settings: object = {}): Promise<void> {
  diary = await makeDiary(clock, settings);
  serviceId = (await diary.service()).id;
  // Mails link to the pages of a website that is published.
  const { headers } = diary;
  await call("POST", `/v1/sites/${diary.siteId}/pages`, { headers, body: { title: "Home", slug: "home" } });
  await call("POST", `/v1/sites/${diary.siteId}/publish`, { headers });
}

const visitor = () =>
  visitorContext(
    { env, now: clock.time, requestId: newId("req", clock.time), ip: "203.0.113.7", origin: "https://api.example.com" },
    { siteId: diary.siteId, tenant: { workspaceId: diary.workspace.id, environment: "live" } } as never,
  );

const book = (startTime: string, bookingKey: string = crypto.randomUUID(), more: object = {}) => {
  const ctx = visitor();
  const customer = { name: "Ada", email: "ada@example.com", phone: null };
  const body = { serviceId, date: DAY, startTime, customer, locale: "de", ...more };
  return commitAs(ctx, () => bookForVisitor(ctx, { siteId: diary.siteId, bookingKey, body }));
};

const linkOf = async ({ id }: { id: string }) => ({
  siteId: diary.siteId,
  id,
  token: await bookingToken(env, { siteId: diary.siteId, id }),
});

type Verb<Link> = (ctx: ReturnType<typeof visitor>, link: Link) => Promise<{ status: string; startTime: string }>;
const act = <Link>(verb: Verb<Link>, link: Link) => {
  const ctx = visitor();
  return commitAs(ctx, () => verb(ctx, link));
};

/** What was told by e-mail: to whom, of what. */
const mails = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    "SELECT recipient, kind FROM mails WHERE site_id = ?1 ORDER BY created_at, rowid",
  )
    .bind(diary.siteId)
    .all<{ recipient: string; kind: string }>();
  return results.map(({ recipient, kind }) => `${recipient} ${kind}`);
};

describe("a visitor's booking", () => {
  it("one form makes one booking, however often it is sent; something else under its key is refused", async () => {
    await open();
    const key = crypto.randomUUID();
    const made = [await book("09:00", key), await book("09:00", key), await book("09:00", key)];
    expect(new Set(made.map(({ booking }) => booking.id)).size).toBe(1);
    expect(made.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    const other = { customer: { name: "Bo", email: "bo@example.com", phone: null } };
    await expect(book("09:00", key, other)).rejects.toMatchObject({ code: "idempotency_mismatch" });
    await expect(book("09:00")).rejects.toMatchObject({ code: "conflict", details: { reason: "slot_taken" } });
  });

  it("a link opens, moves and cancels its own booking and no other, and is told of in the customer's language", async () => {
    await open({ notifyEmail: "owner@example.com" });
    const { booking } = await book("09:00");
    const link = await linkOf(booking);
    expect((await bookingOfLink(visitor(), link)).id).toBe(booking.id);
    const another = (await book("15:00")).booking;
    await expect(bookingOfLink(visitor(), { ...link, id: another.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(bookingOfLink(visitor(), { ...link, token: `1.${"A".repeat(43)}` })).rejects.toMatchObject({
      code: "not_found",
    });
    const moved = await act(rescheduleByLink, { ...link, to: { startTime: "11:00" } } as never);
    expect(moved.startTime).toBe("2026-11-25T11:00:00+01:00");
    expect((await act(cancelByLink, link)).status).toBe("cancelled");
    expect((await act(cancelByLink, link)).status).toBe("cancelled");
    expect(await diary.free(serviceId)).toEqual(expect.arrayContaining(["09:00", "11:00"]));
    expect(await mails()).toEqual([
      ...["ada@example.com booking.confirmed", "owner@example.com booking.owner_made"],
      ...["ada@example.com booking.confirmed", "owner@example.com booking.owner_made"],
      ...["ada@example.com booking.rescheduled", "owner@example.com booking.owner_moved"],
      ...["ada@example.com booking.cancelled", "owner@example.com booking.owner_cancelled"],
    ]);
    const { results } = await env.DB.prepare(
      "SELECT subject, content FROM mails WHERE site_id = ?1 AND kind = 'booking.cancelled'",
    )
      .bind(diary.siteId)
      .all<{ subject: string; content: string }>();
    expect(results[0]?.subject).toBe("Ihre Buchung ist storniert: Hour");
    const { attachments, text } = JSON.parse(results[0]?.content as string);
    expect(attachments[0].type).toBe("text/calendar; charset=utf-8; method=CANCEL");
    expect(text).toContain(`/book/bookings/${booking.id}?token=`);
    expect(text).toMatch(/^Guten Tag .+!\n\nIhre Buchung wurde storniert\.\n\nHour\n.+ \(Europe\/Berlin\)\n/);
    const owners = await env.DB.prepare(
      "SELECT content FROM mails WHERE site_id = ?1 AND kind = 'booking.owner_cancelled'",
    )
      .bind(diary.siteId)
      .first<{ content: string }>();
    const told = JSON.parse(owners?.content as string).text;
    expect(told).toMatch(/has cancelled their booking\.\n\nHour\n/);
    expect(told).toContain(`The number of this booking is ${booking.id}.`);
  });

  it("it is too late to cancel and to move once the site's hours before the start have begun", async () => {
    await open({ cancelUntilHours: 24, rescheduleUntilHours: 48 });
    const { booking } = await book("09:00");
    const link = await linkOf(booking);
    clock.time = Date.UTC(2026, 10, 25, 8) - 48 * HOUR + 1;
    const late = act(rescheduleByLink, { ...link, to: { startTime: "11:00" } } as never);
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    clock.time = Date.UTC(2026, 10, 25, 8) - 24 * HOUR + 1;
    await expect(act(cancelByLink, link)).rejects.toMatchObject({ code: "conflict" });
    clock.time -= 1;
    expect((await act(cancelByLink, link)).status).toBe("cancelled");
  });

  it("where customers confirm by e-mail, a booking is held until they do, and free again when they do not", async () => {
    await open({ confirmByEmail: true, holdMinutes: 30, notifyEmail: "owner@example.com" });
    const [kept, lost] = [(await book("09:00")).booking, (await book("10:00")).booking];
    expect(kept).toMatchObject({ status: "pending", holdUntil: clock.time + HOUR / 2 });
    expect(await mails()).toEqual(["ada@example.com booking.toConfirm", "ada@example.com booking.toConfirm"]);
    const link = await linkOf(kept);
    expect((await act(confirmByLink, link)).status).toBe("confirmed");
    expect((await act(confirmByLink, link)).status).toBe("confirmed");
    expect((await mails()).slice(2)).toEqual([
      "ada@example.com booking.confirmed",
      "owner@example.com booking.owner_made",
    ]);
    clock.advance(HOUR / 2);
    await expect(act(confirmByLink, await linkOf(lost))).rejects.toMatchObject({ code: "conflict" });
    expect(await diary.free(serviceId)).toContain("10:00");
  });

  it("a completed booking earns points once, by the rule of its currency, where that is for bookings", async () => {
    await open();
    const rule = { currency: "EUR", points: 2, enrols: true, bookings: true };
    const loyalty = diary.path.replace("/booking", "/loyalty");
    const { call } = await import("../../support/fixtures.ts");
    await call("POST", `${loyalty}/rules`, { headers: diary.headers, body: rule });
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    clock.time = Date.UTC(2026, 10, 25, 12);
    await Promise.all([diary.change(id, { status: "completed" }), diary.change(id, { status: "completed" })]);
    const members = await call("GET", `${loyalty}/members`, { headers: diary.headers });
    expect(members.body.data).toMatchObject([{ email: "bo@example.com", points: 100 }]);
  });
});
