import { Webhook } from "standardwebhooks";
import { inject, vi } from "vitest";

/** One POST as the receiver got it. */
export interface Arrival {
  headers: Record<string, string>;
  body: string;
}

/** A target nobody else posts to. `behaviour` is how the receiver acts there: `ok`, `status/500`, `slow/50`, … */
export const target = (behaviour = "ok", query = ""): string =>
  `${inject("receiverUrl")}/${behaviour}/${crypto.randomUUID()}${query}`;

/** What has arrived at a target, oldest first. */
export async function arrivals(url: string): Promise<Arrival[]> {
  const { origin, pathname } = new URL(url);
  const response = await fetch(`${origin}/_log?path=${encodeURIComponent(pathname)}`);
  return response.json();
}

export const bodiesOf = (all: Arrival[]) => all.map(({ body }) => JSON.parse(body));
export const headerOf = (all: Arrival[], name: string) => all.map(({ headers }) => headers[name]);

/** The event a receiver gets out of a delivery with the `standardwebhooks` package; throws when it is not genuine. */
export function verified({ headers, body }: Arrival, secret: string): Record<string, unknown> {
  // The package asks the time of day: it is what the sender says, to the second.
  vi.useFakeTimers({ toFake: ["Date"], now: Number(headers["webhook-timestamp"]) * 1_000 });
  try {
    return new Webhook(secret).verify(body, headers) as Record<string, unknown>;
  } finally {
    vi.useRealTimers();
  }
}

export function isGenuine(arrival: Arrival, secret: string): boolean {
  try {
    verified(arrival, secret);
    return true;
  } catch {
    return false;
  }
}
