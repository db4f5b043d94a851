/** Every event type there is (CONTRACT §7). */
export const EVENT_TYPES = [
  "site.created",
  "site.updated",
  "site.published",
  "site.rolled_back",
  "page.created",
  "page.updated",
  "page.deleted",
  "page.published",
  "order.created",
  "order.updated",
  "product.created",
  "product.updated",
  "product.deleted",
  "post.created",
  "post.updated",
  "post.deleted",
  "api_key.created",
  "api_key.updated",
  "api_key.rotated",
  "api_key.revoked",
  "api_key.expiring",
  "usage.threshold_reached",
  "usage.spike",
  "workspace.created",
  "workspace.updated",
  "webhook.disabled",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** What keys of access type integrations have no endpoint for, events tell them nothing of either. */
const ADMINISTRATIVE = /^(?:api_key|workspace|usage|webhook)\./;
export const ADMINISTRATIVE_EVENTS: readonly EventType[] = EVENT_TYPES.filter((type) => ADMINISTRATIVE.test(type));

/** Everything an endpoint can subscribe to: a type, all of a kind (`post.*`), or all (`*`). */
export const EVENT_PATTERNS: readonly string[] = [
  "*",
  ...new Set(EVENT_TYPES.map((type) => `${type.split(".")[0]}.*`)),
  ...EVENT_TYPES,
];
