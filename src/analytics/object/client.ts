import { callObject } from "../../core/call-object.ts";
import type { Env } from "../../env.ts";
import type { TrackedEvent } from "../tracked-event.ts";
import type { AnalyticsObject, Taken } from "./analytics-object.ts";

/** The object that has the events of a site. */
export const analyticsOf = (env: Env, siteId: string): DurableObjectStub<AnalyticsObject> =>
  env.ANALYTICS_OBJECT.getByName(siteId);

/** Has a site's object take an event. When this returns `true` the event is kept, and counts; without the object it is 503. */
export async function keepEvent(env: Env, siteId: string, event: TrackedEvent): Promise<boolean> {
  const taken = await callObject<Taken>(() => analyticsOf(env, siteId).take(event));
  // The queue only carries word that there is news: without it the object looks for itself, within the hour.
  if (taken.kept && taken.wake) await env.ANALYTICS.send({ siteId }).catch(() => {});
  return taken.kept;
}

/** Has the objects of sites forget all they have: for sites that are gone. Can be repeated. */
export async function forgetAnalytics(env: Env, siteIds: readonly string[]): Promise<void> {
  await Promise.all(siteIds.map((siteId) => callObject<void>(() => analyticsOf(env, siteId).forget())));
}
