import { type DeclaredEvent, defineEvents } from "../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../core/events/sample.ts";
import type { Readable } from "../../core/keys/reader.ts";
import { timestamp } from "../../core/fields.ts";
import type { Declaration, Verb } from "./declaration.ts";
import { parameterOf } from "./parameter.ts";

/** The events of a resource by verb, those of its turns among them; none for what nobody is told of. */
export type ItemEvents = Partial<Record<Verb, DeclaredEvent>> & { [turn: string]: DeclaredEvent | undefined };

type Announced = Pick<
  Declaration<never, never, never, never, never>,
  "name" | "scopes" | "integrations" | "idPrefix" | "path"
> & {
  list?: { path?: string };
  events?: {
    noun?: string;
    sample: object;
    verbs: Partial<Record<Verb, object>>;
    turns?: Record<string, { sample: object }>;
  };
};

/** What reading items of a resource asks for. */
export const readableOf = ({ name, scopes, integrations, path, list }: Omit<Announced, "events">): Readable => ({
  scope: scopes.read,
  integrations,
  readAt: [`/v1/sites/{siteId}${list?.path ?? path}`, `/v1/sites/{siteId}${path}/{${parameterOf(name)}}`],
});

/** What a declaration announces: heard by who holds the resource's read scope, and by integrations if they may call it. */
export function eventsOf(declared: Announced): ItemEvents {
  const { name, idPrefix, events } = declared;
  if (!events) return {};
  const at = timestamp(SAMPLE_AT);
  const ids = { id: sampleId(idPrefix), siteId: sampleId("site") };
  const sample: Record<string, unknown> = { ...ids, ...events.sample, version: 1, createdAt: at, updatedAt: at };
  const turns = Object.entries(events.turns ?? {}).map(([verb, turn]) => [verb, turn.sample]);
  return defineEvents({
    noun: events.noun ?? name,
    ...readableOf(declared),
    sample,
    verbs: { ...events.verbs, ...Object.fromEntries(turns) } as Record<Verb, object>,
  });
}
