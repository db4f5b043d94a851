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
] as const;

export type EventType = (typeof EVENT_TYPES)[number];
