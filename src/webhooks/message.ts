import { nounOf } from "../core/events/define.ts";
import { isLimited, redact, type Viewer } from "../core/keys/attributes.ts";
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
  /** JSON, as it is stored. */
  data: string;
}

/** The key an endpoint was set up with, as it is now: what it may not see, its endpoint is not told. */
export interface Subscriber {
  accessType: AccessType;
  attributes: string[] | null;
}

const viewerOf = (subscriber: Subscriber | null): Viewer =>
  subscriber ? { kind: "key", policy: subscriber } : { kind: "job" };

/** An event's data as the subscriber's own GET would show it. */
export const visibleData = (event: { type: string; data: unknown }, subscriber: Subscriber | null): unknown =>
  redact(viewerOf(subscriber), nounOf(event.type), event.data as Record<string, unknown>);

/** The same as JSON. What is shown whole, as nearly all is, is not read: data can be large, and many are under way. */
function visibleJson({ type, data }: EventRow, subscriber: Subscriber | null): string {
  if (!isLimited(viewerOf(subscriber), nounOf(type))) return data;
  return JSON.stringify(visibleData({ type, data: JSON.parse(data) }, subscriber));
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
  `${JSON.stringify(envelopeOf(event)).slice(0, -1)},"data":${visibleJson(event, subscriber)}}`;
