import { invalid } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { type Place, placeOf } from "../times/times.ts";
import { chooseTable, requireSame } from "./seat.ts";
import type { ReservationRow } from "./table.ts";
import { requireReservable, type When, whenOf } from "./when.ts";

/** Whom a table is for, and when. */
export interface Asked {
  /** `null` for whichever day the moment is of. */
  date: string | null;
  /** `HH:MM` of the day, or the moment that a time slot gave. */
  time: string;
  partySize: number;
  /** The table it has to be; `null` for the smallest that fits. */
  tableId: string | null;
  walkIn: boolean;
}

type Placed = When & Pick<ReservationRow, "tableId" | "busyUntil">;

/**
 * Where and when a party sits, with the conditions that the commit has to meet for it. `before` is the reservation that moves:
 * what it does not change is not held against the rules of now.
 */
export async function placeParty(
  ctx: Ctx,
  site: SiteRow,
  asked: Asked,
  before: ReservationRow | null = null,
): Promise<{ place: Place; placed: Placed }> {
  const place = await placeOf(site);
  const { partySize, tableId, walkIn } = asked;
  const { maxPartySize, walkInBuffer: buffer } = place.settings;
  requireSame(ctx, site);
  const when = whenOf(place, asked);
  if (when.endAt <= ctx.now) throw invalid("time", "is past");
  if (!walkIn) {
    if (maxPartySize !== null && partySize > maxPartySize && partySize !== before?.partySize) {
      throw invalid("partySize", `must be at most ${maxPartySize}`);
    }
    if (when.startAt !== before?.startAt) requireReservable(place, when, ctx.now);
  }
  const wanted = { siteId: site.id, from: when.startAt, until: when.endAt, partySize, tableId, walkIn, buffer };
  const chosen = await chooseTable(ctx, { ...wanted, exceptId: before?.id ?? null });
  return { place, placed: { ...when, tableId: chosen, busyUntil: when.endAt } };
}
