import { type DeclaredEvent, defineEvents } from "../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../core/events/sample.ts";
import { timestamp } from "../../core/fields.ts";
import type { Declaration, Verb } from "./declaration.ts";

/** The events of a resource by verb; none for what nobody is told of. */
export type ItemEvents = Partial<Record<Verb, DeclaredEvent>>;

type Announced = Pick<
  Declaration<never, never, never, never, never>,
  "name" | "scopes" | "integrations" | "idPrefix"
> & {
  events?: { sample: object; verbs: Partial<Record<Verb, object>> };
};

/** What a declaration announces: heard by who holds the resource's read scope, and by integrations if they may call it. */
export function eventsOf({ name, scopes, integrations, idPrefix, events }: Announced): ItemEvents {
  if (!events) return {};
  const at = timestamp(SAMPLE_AT);
  const ids = { id: sampleId(idPrefix), siteId: sampleId("site") };
  const sample: Record<string, unknown> = { ...ids, ...events.sample, version: 1, createdAt: at, updatedAt: at };
  return defineEvents({
    noun: name,
    scope: scopes.read,
    integrations,
    sample,
    verbs: events.verbs as Record<Verb, object>,
  });
}
