import { call, makeWorkspace, type TestClock } from "../../support/fixtures.ts";

type Ask = (method: string, path: string, body?: unknown, more?: Record<string, string>) => ReturnType<typeof call>;

const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** The day that is booked: well after the tests' clock begins. */
export const DAY = "2026-11-25";

/** A site that takes appointments from nine to five every day, by the clock of Berlin. */
export interface Diary {
  siteId: string;
  path: string;
  headers: Record<string, string>;
  workspace: Awaited<ReturnType<typeof makeWorkspace>>;
  ask: Ask;
  /** Makes a service of an hour; its name is of no matter. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into services by path
  service(fields?: object): Promise<any>;
  /** Somebody who does services. */
  person(name: string): Promise<string>;
  /** Books for Bo on the day; `startTime` is `HH:MM`. */
  book(serviceId: string, startTime: string, more?: object): ReturnType<typeof call>;
  change(id: string, changes: object): ReturnType<typeof call>;
  /** The times of the day at which a service is free. */
  free(serviceId: string, more?: string): Promise<string[]>;
}

export async function makeDiary(clock: TestClock, settings: object = {}): Promise<Diary> {
  const workspace = await makeWorkspace(clock);
  const { headers } = await workspace.key();
  const hours = [{ days: WEEK, opens: "09:00", closes: "17:00" }];
  const { body } = await call("POST", "/v1/sites", {
    headers,
    body: { name: "Studio", settings: { timezone: "Europe/Berlin", booking: { hours, ...settings } } },
  });
  const siteId = body.data.id;
  const path = `/v1/sites/${siteId}/booking`;
  const ask: Ask = (method, at, sent, more = {}) =>
    call(method, path + at, { headers: { ...headers, ...more }, ...(sent !== undefined && { body: sent }) });
  const customer = { name: "Bo", email: "bo@example.com" };
  return {
    ...{ siteId, path, headers, workspace, ask },
    service: async (fields = {}) =>
      (await ask("POST", "/services", { name: "Hour", durationMinutes: 60, price: 5_000, ...fields })).body.data,
    person: async (name) => (await ask("POST", "/staff", { name })).body.data.id,
    book: (serviceId, startTime, more = {}) =>
      ask("POST", "/bookings", { serviceId, date: DAY, startTime, customer, ...more }),
    change: (id, changes) => ask("PATCH", `/bookings/${id}`, changes),
    async free(serviceId, more = "") {
      const answer = await ask("GET", `/slots?serviceId=${serviceId}&date=${DAY}${more}`);
      return answer.body.data
        .filter(({ available }: { available: boolean }) => available)
        .map(({ startTime }: { startTime: string }) => startTime.slice(11, 16));
    },
  };
}
