import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { commitAs, visitorContext } from "../../../src/content/live/visitor.ts";
import { endLapsed } from "../../../src/content/reservation/due.ts";
import type { ReservationRow } from "../../../src/content/reservation/reservations/table.ts";
import {
  cancelReservationByLink,
  confirmReservationByLink,
  moveReservationByLink,
} from "../../../src/content/reservation/visitors/change.ts";
import { reservationOfLink, reservationToken } from "../../../src/content/reservation/visitors/link.ts";
import { reserveForVisitor } from "../../../src/content/reservation/visitors/reserve.ts";
import type { Ctx } from "../../../src/core/work/context.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { ADA, DAY, makeRestaurant, type Restaurant } from "./world.ts";

const clock = new TestClock();
let at: Restaurant;

beforeEach(async () => {
  clock.time = START;
  at = await makeRestaurant(clock, { notifyEmail: "owner@example.com" });
});

/** A visitor of the website, as their request comes in. */
const visitor = (): Ctx => {
  const tenant = { workspaceId: at.workspace.id, environment: "live" as const };
  const arrived = { env, now: clock.time, requestId: "req_test", ip: "203.0.113.1", origin: "https://api.example.com" };
  return visitorContext(arrived, { siteId: at.siteId, tenant });
};

const as = <Result>(act: (ctx: Ctx) => Promise<Result>): Promise<Result> => commitAs(visitor(), act);

const ASKED = { date: DAY, time: "19:00", partySize: 2, customer: { ...ADA, phone: null } };

const reserve = (formKey: string, asked: object = {}) =>
  as((ctx) => reserveForVisitor(ctx, { siteId: at.siteId, formKey, body: { ...ASKED, ...asked } }));

const linkOf = async ({ id }: ReservationRow) => {
  const token = await reservationToken(env, { siteId: at.siteId, id });
  return { siteId: at.siteId, id, token };
};

/** The mails that were staged since the last time, as `kind to`. */
async function mailed(): Promise<string[]> {
  const rows = env.DB.prepare("SELECT kind, recipient FROM mails WHERE site_id = ? ORDER BY rowid").bind(at.siteId);
  const { results } = await rows.all<{ kind: string; recipient: string }>();
  return results.map(({ kind, recipient }) => `${kind} ${recipient}`);
}

describe("a visitor", () => {
  it("reserves once by one form, however often it is sent at once", async () => {
    await at.table(2);
    await at.table(2);
    const all = await Promise.all(Array.from({ length: 5 }, () => reserve("form:one")));
    expect(new Set(all.map(({ reservation }) => reservation.id)).size).toBe(1);
    expect(all.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect((await at.free("19:00")).length).toBe(1);
    await expect(reserve("form:one", { partySize: 1 })).rejects.toMatchObject({ code: "idempotency_mismatch" });
  });

  it("sees, moves and cancels a reservation by its link, and by no other", async () => {
    const table = await at.table(2);
    const { reservation } = await reserve("form:two");
    const link = await linkOf(reservation);
    expect((await reservationOfLink(visitor(), link)).status).toBe("confirmed");
    const foreign = { ...link, token: await reservationToken(env, { siteId: "site_other", id: link.id }) };
    await expect(reservationOfLink(visitor(), foreign)).rejects.toMatchObject({ code: "not_found" });
    const moved = await as((ctx) => moveReservationByLink(ctx, { ...link, to: { date: DAY, time: "12:00" } }));
    expect([moved.time, moved.tableId]).toEqual(["12:00", table]);
    expect(await at.free("19:00")).toEqual([table]);
    expect((await as((ctx) => cancelReservationByLink(ctx, link))).status).toBe("cancelled");
    expect((await as((ctx) => cancelReservationByLink(ctx, link))).status).toBe("cancelled");
    expect(await mailed()).toEqual([
      "reservation.confirmed ada@example.com",
      "reservation.arrived owner@example.com",
      "reservation.moved ada@example.com",
      "reservation.cancelled ada@example.com",
      "reservation.withdrawn owner@example.com",
    ]);
  });

  it("can neither move nor cancel later than the settings say", async () => {
    await at.settle({ cancelUntilHours: 4 });
    await at.table(2);
    const { reservation } = await reserve("form:three");
    const link = await linkOf(reservation);
    clock.time = reservation.startAt - 4 * 3_600_000 + 1;
    await expect(as((ctx) => cancelReservationByLink(ctx, link))).rejects.toMatchObject({ code: "conflict" });
    const to = { time: "21:00" };
    await expect(as((ctx) => moveReservationByLink(ctx, { ...link, to }))).rejects.toMatchObject({ code: "conflict" });
  });

  it("who has to confirm by e-mail has the table until then, and no longer", async () => {
    await at.settle({ confirmByEmail: true, confirmMinutes: 30, notifyEmail: "owner@example.com" });
    const table = await at.table(2);
    const { reservation } = await reserve("form:four");
    expect([reservation.status, reservation.heldUntil]).toEqual(["pending", clock.time + 1_800_000]);
    expect(await at.free("19:00")).toEqual([]);
    const confirmed = await as(async (ctx) => confirmReservationByLink(ctx, await linkOf(reservation)));
    expect([confirmed.status, confirmed.emailConfirmedAt]).toEqual(["confirmed", clock.time]);

    const late = (await reserve("form:five", { time: "12:00" })).reservation;
    clock.time = late.heldUntil as number;
    expect(await at.free("12:00")).toEqual([table]);
    await expect(as(async (ctx) => confirmReservationByLink(ctx, await linkOf(late)))).rejects.toMatchObject({
      code: "conflict",
    });
    await endLapsed(env, clock.time);
    expect(await mailed()).toEqual([
      "reservation.confirm ada@example.com",
      "reservation.confirmed ada@example.com",
      "reservation.arrived owner@example.com",
      "reservation.confirm ada@example.com",
      "reservation.cancelled ada@example.com",
    ]);
  });
});

describe("a mail about a reservation", () => {
  it("is in the language it was made in, says when by the website's clock, and has the way back", async () => {
    await at.table(2);
    await at.site.create("/pages", { title: "Home", slug: "home" });
    await at.site.post("/publish");
    const { reservation } = await reserve("form:six", { locale: "de" });
    const row = await env.DB.prepare("SELECT subject, content FROM mails WHERE site_id = ? AND kind = ?")
      .bind(at.siteId, "reservation.confirmed")
      .first<{ subject: string; content: string }>();
    expect(row?.subject).toBe("Ihr Tisch bei Blue Door Bakery ist reserviert");
    const { text } = JSON.parse(row?.content ?? "{}");
    expect(text).toContain("Freitag, 4. Dezember 2026");
    expect(text).toContain("19:00");
    expect(text).toContain(`/de/reserve/reservations/${reservation.id}?token=`);
    expect(text).toContain("Reservierung ansehen, verlegen oder stornieren:");
    await as(async (ctx) => cancelReservationByLink(ctx, await linkOf(reservation)));
    const mails = await env.DB.prepare("SELECT content FROM mails WHERE site_id = ? AND kind = ?")
      .bind(at.siteId, "reservation.cancelled")
      .first<{ content: string }>();
    expect(mails?.content).not.toContain("verlegen");
  });

  it("goes to nobody who walks in, and is staged for no reservation that comes to nothing", async () => {
    await at.table(2);
    await at.reserved({ walkIn: true });
    expect((await at.reserve()).status).toBe(409);
    expect(await mailed()).toEqual([]);
  });
});
