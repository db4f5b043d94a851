import { nounOf } from "../core/events/define.ts";
import { redact, type Viewer } from "../core/keys/attributes.ts";
import { instant } from "../core/instant.ts";
import type { AccessType } from "../core/keys/policy.ts";

/** An event's row as deliveries read it. */
export interface EventRow {
  id: string;
  type: string;
  createdAt: number;
  workspaceId: number;
  siteId: string | null;
  environment: string;
  data: unknown;
}

/** The key an endpoint was set up with, as it is now: what it may not see, its endpoint is not told. */
export interface Subscriber {
  accessType: AccessType;
  attributes: string[] | null;
}

/** An event's data as the subscriber's own GET would show it. */
export function visibleData(event: { type: string; data: unknown }, subscriber: Subscriber | null): unknown {
  const viewer: Viewer = subscriber ? { kind: "key", policy: subscriber } : { kind: "job" };
  return redact(viewer, nounOf(event.type), event.data as Record<string, unknown>);
}

/** What a webhook says of its event besides its data (docs/contract.md §7). */
export const envelopeOf = (event: Omit<EventRow, "data">) => ({
  id: event.id,
  type: event.type,
  created_at: instant(event.createdAt),
  workspace_id: event.workspaceId,
  ...(event.siteId !== null && { site_id: event.siteId }),
  environment: event.environment,
});

/** The body of a webhook. */
export const bodyOf = (event: EventRow, subscriber: Subscriber | null): string =>
  JSON.stringify({ ...envelopeOf(event), data: visibleData(event, subscriber) });
