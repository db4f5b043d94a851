import { invalid } from "../../../core/errors.ts";
import { type Zoned, zoned, zoneOf } from "../../../core/zoned.ts";
import type { BookingRow } from "./table.ts";

interface OfSite {
  settings: Record<string, unknown>;
}

const MOMENT = /T/;

/**
 * The moment a caller means, in milliseconds: a slot's own start, or a time of a day by the website's clock. A date beside
 * a moment says the same.
 */
export async function momentOf(
  site: OfSite,
  { date, startTime }: { date?: string | undefined; startTime: string },
): Promise<number> {
  const clock = await zoned();
  const zone = zoneOf(site.settings);
  if (!MOMENT.test(startTime)) {
    if (date === undefined) throw invalid("date", "is required beside a time of the day");
    const at = clock.instantOf(zone, date, startTime);
    const shown = clock.localOf(zone, at);
    if (shown.date !== date || shown.time !== startTime) {
      throw invalid("startTime", "is left out by the clock on that day");
    }
    return at;
  }
  const at = Date.parse(startTime);
  if (Number.isNaN(at)) throw invalid("startTime", "must be a moment there is");
  if (date !== undefined && clock.localOf(zone, at).date !== date) {
    throw invalid("date", "is another day than that of startTime");
  }
  return at;
}

/** How an appointment's times are written, by the website's clock. */
export async function written(
  site: OfSite,
  { startAt, endAt }: Pick<BookingRow, "startAt" | "endAt">,
): Promise<Pick<BookingRow, "date" | "startTime" | "endTime">> {
  const clock: Zoned = await zoned();
  const zone = zoneOf(site.settings);
  return {
    date: clock.localOf(zone, startAt).date,
    startTime: clock.isoOf(zone, startAt),
    endTime: clock.isoOf(zone, endAt),
  };
}
