import type { ReservationRow } from "../../content/reservation/reservations/table.ts";
import {
  canCancel,
  canConfirm,
  cancelReservationByLink,
  confirmReservationByLink,
} from "../../content/reservation/visitors/change.ts";
import { reservationOfLink } from "../../content/reservation/visitors/link.ts";
import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import { type Kind, linkedPage } from "../diary/linked.ts";
import { RESERVE_ROOT } from "./root.ts";

/** Reservations, as those who have their links see them. Which table it is, the house decides. */
const LINKED_RESERVATIONS: Kind<ReservationRow> = {
  name: "reservation",
  root: RESERVE_ROOT,
  folder: "reservations",
  wordsFor: reservationWordsFor,
  find: reservationOfLink,
  confirm: confirmReservationByLink,
  cancel: cancelReservationByLink,

  async show(_visit, { ctx, site }, row) {
    const { status, startAt, endAt, heldUntil, partySize, note } = row;
    return {
      ...{ status, startAt, endAt, note, holdUntil: heldUntil, people: partySize },
      ...{ what: null, staff: null, price: null, calendar: null, move: null },
      awaits: canConfirm(row, site),
      canCancel: canCancel(row, site, ctx.now),
    };
  },
};

/** A reservation's page. */
export const reservationPage = linkedPage(LINKED_RESERVATIONS);
