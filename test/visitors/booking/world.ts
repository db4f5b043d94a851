import { call, type TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";

/** A Friday, two weeks after the clock of the tests begins. */
export const DAY = "2026-12-04";

const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

export interface VisitedHouse extends VisitedSite {
  /** What the site's settings say from now on, beside its clock. */
  settle(settings: { booking?: object; reservation?: object }): Promise<void>;
  /** Makes a service of an hour, unless told otherwise, and answers its id. */
  service(body?: object): Promise<string>;
  table(capacity: number): Promise<string>;
  /** What its owner sees. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by path
  bookings(): Promise<any[]>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by path
  reservations(): Promise<any[]>;
}

const OPEN = {
  booking: { hours: [{ days: WEEK, opens: "09:00", closes: "12:00" }] },
  reservation: { services: [{ name: "Dinner", weekdays: [1, 2, 3, 4, 5, 6], from: "18:00", until: "20:00" }] },
};

/** A published website in Amsterdam, in English and German, where something can be booked every day but Sunday. */
export async function makeVisitedHouse(clock: TestClock): Promise<VisitedHouse> {
  const site = await makeVisitedSite(clock);
  const settle: VisitedHouse["settle"] = async ({ booking = {}, reservation = {} }) => {
    const settings = {
      timezone: "Europe/Amsterdam",
      business: { email: "ada@example.com", address: { street: "Keizersgracht 1", city: "Amsterdam" } },
      booking: { ...OPEN.booking, ...booking },
      reservation: { ...OPEN.reservation, ...reservation },
    };
    const answer = await call("PATCH", `/v1/sites/${site.id}`, { headers: site.headers, body: { settings } });
    if (answer.status !== 200) throw new Error(answer.text);
  };
  await settle({});
  await site.page({ title: "Home", slug: "home" });
  await site.page({ title: "Willkommen", slug: "home", locale: "de" });
  await site.publish();
  const made = async (path: string, body: object) => {
    const answer = await site.ask("POST", path, body);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.data.id as string;
  };
  return {
    ...site,
    settle,
    service: (body = {}) => made("/booking/services", { name: "Haircut", durationMinutes: 60, price: 4_500, ...body }),
    table: (capacity) => made("/reservation/tables", { name: `Table for ${capacity}`, capacity }),
    bookings: async () => (await site.ask("GET", "/booking/bookings")).body.data,
    reservations: async () => (await site.ask("GET", "/reservation/reservations")).body.data,
  };
}

/** Where links of a page lead whose address matches. */
export const linksIn = (text: string, matching: RegExp): string[] =>
  [...text.matchAll(/<a [^>]*?href="([^"]+)"/g)]
    .map(([, href]) => (href as string).replaceAll("&amp;", "&"))
    .filter((href) => matching.test(href));

/** Times a page offers, as the clock shows them. */
export const timesIn = (text: string): string[] =>
  [...text.matchAll(/<time datetime="[^"]+">([^<]+)<\/time>/g)].map(([, shown]) =>
    (shown as string).replace(/\s/g, " "),
  );
