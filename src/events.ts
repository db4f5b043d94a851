import { SITE_RESOURCES } from "./content/resources.ts";
import { PAGE_EVENTS } from "./content/pages/events.ts";
import { ORDER_EVENTS } from "./content/shop/orders/events.ts";
import { PRODUCT_EVENTS } from "./content/shop/products/events.ts";
import { SITE_EVENTS } from "./content/sites/events.ts";
import { registerEvents } from "./core/events/catalogue.ts";
import type { DeclaredEvent } from "./core/events/define.ts";
import { USAGE_EVENTS } from "./core/limits/usage-events.ts";
import { KEY_EVENTS } from "./platform/api-keys/events.ts";
import { POST_EVENTS } from "./platform/posts/events.ts";
import { WORKSPACE_EVENTS } from "./platform/workspaces/events.ts";
import { WEBHOOK_EVENTS } from "./webhooks/events.ts";

/**
 * Every event there is, by kind, in the order the description lists them; those of the resources below a site that are
 * not named here follow. What is not registered cannot be emitted.
 */
export const EVENT_SETS = [
  SITE_EVENTS,
  PAGE_EVENTS,
  ORDER_EVENTS,
  PRODUCT_EVENTS,
  POST_EVENTS,
  KEY_EVENTS,
  USAGE_EVENTS,
  WORKSPACE_EVENTS,
  WEBHOOK_EVENTS,
] as const;

registerEvents(...EVENT_SETS, ...SITE_RESOURCES.map(({ events }) => events));

type TypeIn<Set> = Set extends Record<string, DeclaredEvent> ? Set[keyof Set]["type"] : never;

/** The types of all events, for whoever must name every one of them. */
export type EventType = TypeIn<(typeof EVENT_SETS)[number]>;
