import type { ReservationRow } from "../../content/reservation/reservations/table.ts";
import { reservationSettingsOf } from "../../content/reservation/settings/settings.ts";
import {
  canCancel,
  awaitsConfirmation,
  canMove,
  cancelReservationByLink,
  confirmReservationByLink,
  moveReservationByLink,
} from "../../content/reservation/visitors/change.ts";
import { reservationOfLink } from "../../content/reservation/visitors/link.ts";
import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import { nameOfTime } from "../../rendering/booking/times.ts";
import { spanOf } from "../diary/asked.ts";
import { linkedAddress, linkedPage } from "../diary/linked.ts";
import { type Movable, movePage } from "../diary/move.ts";
import { daysAround } from "./days.ts";
import { addressBelow } from "../live/visitor.ts";
import { RESERVE_ROOT } from "./root.ts";

/** Reservations, as those who have their links see them. Which table it is, the house decides. */
const LINKED_RESERVATIONS: Movable<ReservationRow> = {
  name: "reservation",
  root: RESERVE_ROOT,
  folder: "reservations",
  wordsFor: reservationWordsFor,
  find: reservationOfLink,
  confirm: confirmReservationByLink,
  cancel: cancelReservationByLink,

  move: (ctx, link, { diary: { clock, zone }, startAt }) => {
    const to = { date: clock.localOf(zone, startAt).date, time: nameOfTime(startAt) };
    return moveReservationByLink(ctx, { ...link, to });
  },

  async show(visit, { ctx, site }, row) {
    const { status, startAt, endAt, heldUntil, partySize, note } = row;
    return {
      ...{ status, startAt, endAt, note, holdUntil: heldUntil, people: partySize },
      ...{ what: null, staff: null, price: null, calendar: null },
      move: canMove(row, site, ctx.now) ? linkedAddress(LINKED_RESERVATIONS, visit, "/move") : null,
      again: addressBelow(RESERVE_ROOT, visit, ""),
      awaits: awaitsConfirmation(row, site),
      canCancel: canCancel(row, site, ctx.now),
    };
  },

  async choices(diary, row) {
    if (!canMove(row, diary.site, diary.ctx.now)) return null;
    const { siteId, id: exceptId, partySize: people } = row;
    const days = spanOf(diary, reservationSettingsOf(diary.site).horizonDays);
    return { what: null, days, around: (date) => daysAround(diary, { siteId, exceptId, people, date, days }) };
  },
};

/** A reservation's page. */
export const reservationPage = linkedPage(LINKED_RESERVATIONS);

/** Where it is moved to another time. */
export const moveReservationPage = movePage(LINKED_RESERVATIONS);
