import type { Zoned } from "../../core/zoned.ts";
import { QUARTER_MS } from "../facts/visit.ts";
import type { TimeDimension } from "./dimensions.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const two = (value: number): string => String(value).padStart(2, "0");

/** `+05:45` */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Tells the hours, days, weeks and months of a zone. Weeks begin on Mondays and are called by them (ISO 8601). */
export class Calendar {
  private readonly offsets = new Map<number, number>();
  private readonly named = new Map<string, string>();

  constructor(
    private readonly zones: Zoned,
    readonly zone: string,
  ) {}

  /** What the span that a moment is in is called: `2026-11-20T09:00:00+01:00`, `2026-11-20`, `2026-11`. */
  nameOf(dimension: TimeDimension, at: number): string {
    const quarter = Math.floor(at / QUARTER_MS);
    const key = `${dimension}${quarter}`;
    const known = this.named.get(key);
    if (known !== undefined) return known;
    const name = this.spell(dimension, at);
    this.named.set(key, name);
    return name;
  }

  private spell(dimension: TimeDimension, at: number): string {
    const offset = this.offsetAt(at);
    const local = new Date(at + offset * 60_000);
    const text = local.toISOString();
    if (dimension === "hour") return `${text.slice(0, 13)}:00:00${offsetText(offset)}`;
    if (dimension === "month") return text.slice(0, 7);
    if (dimension === "day") return text.slice(0, 10);
    const sinceMonday = (local.getUTCDay() + 6) % 7;
    return new Date(local.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10);
  }

  /** The names of all spans that begin, or go on, within a time, in their order. */
  namesWithin(dimension: TimeDimension, from: number, until: number): string[] {
    const names = new Set<string>();
    // Spans begin at quarters of an hour; a day at a time would leave out one that is shorter.
    const step = dimension === "hour" ? QUARTER_MS : HOUR_MS;
    for (let at = from; at < until; at += step) names.add(this.nameOf(dimension, at));
    return [...names];
  }

  /** Minutes ahead of UTC. A zone changes at most once within a day of UTC: where both its ends agree nothing has changed. */
  private offsetAt(at: number): number {
    const day = at - (((at % DAY_MS) + DAY_MS) % DAY_MS);
    const begins = this.offsetOf(day);
    return begins === this.offsetOf(day + DAY_MS) ? begins : this.offsetOf(at - (at % QUARTER_MS));
  }

  private offsetOf(at: number): number {
    const known = this.offsets.get(at) ?? this.zones.localOf(this.zone, at).offsetMinutes;
    this.offsets.set(at, known);
    return known;
  }
}
