import { makeSite, type TestSite } from "../../support/client.ts";
import type { Answer, TestClock } from "../../support/fixtures.ts";

/** A Friday, two weeks after the clock of the tests begins. */
export const DAY = "2026-12-04";

/** Every day from noon to ten, in half-hours, two hours each. */
export const OPEN = {
  services: [{ name: "All day", weekdays: [1, 2, 3, 4, 5, 6, 7], from: "12:00", until: "22:00" }],
};

export interface Restaurant extends TestSite {
  /** Makes a table of so many seats and answers its id. */
  table(capacity: number, more?: object): Promise<string>;
  /** Asks for a table: for two, on `DAY` at seven. */
  reserve(asked?: object): Promise<Answer>;
  /** The reservation itself; fails the test where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into reservations by path
  reserved(asked?: object): Promise<any>;
  change(id: string, changes: object): Promise<Answer>;
  /** Which tables are shown free at a time of a day. */
  free(time: string, partySize?: number, date?: string): Promise<string[]>;
  /** What the site's settings say of reservations from now on. */
  settle(settings: object, more?: object): Promise<void>;
}

interface Shown {
  id: string;
  timeSlots: { time: string; available: boolean }[];
}

export const ADA = { name: "Ada Baker", email: "ada@example.com" };

/** A website in Amsterdam that takes reservations as `settings` say, on top of `OPEN`. */
export async function makeRestaurant(clock: TestClock, settings: object = {}): Promise<Restaurant> {
  const ofSite = { settings: { timezone: "Europe/Amsterdam", reservation: { ...OPEN, ...settings } } };
  const at = await makeSite(clock, ofSite);
  const path = "/reservation/reservations";
  const asking = { date: DAY, time: "19:00", partySize: 2, customer: ADA };
  return {
    ...at,
    table: async (capacity, more = {}) =>
      (await at.site.create("/reservation/tables", { name: `Table for ${capacity}`, capacity, ...more })).id,
    reserve: (asked = {}) => at.site.post(path, { ...asking, ...asked }),
    reserved: (asked = {}) => at.site.create(path, { ...asking, ...asked }),
    change: (id, changes) => at.site.patch(`${path}/${id}`, changes),
    async free(time, partySize = 2, date = DAY) {
      const { body } = await at.site.get(`/reservation/tables?date=${date}&partySize=${partySize}`);
      const isFree = ({ timeSlots }: Shown) => timeSlots.some((it) => it.time === time && it.available);
      return (body.data as Shown[]).filter(isFree).map(({ id }) => id);
    },
    async settle(changed, more = {}) {
      const timezone = "Europe/Amsterdam";
      const body = { settings: { timezone, reservation: { ...OPEN, ...changed }, ...more } };
      const answer = await at.api.patch(`/sites/${at.siteId}`, body);
      if (answer.status !== 200) throw new Error(answer.text);
    },
  };
}
