import { siteResource } from "../../resource/resource.ts";
import { PUSH } from "../push.ts";
import { ListPushSubscriptionsQuery, PushSubscriptionSchema } from "./contract.ts";
import { pushSubscriptions } from "./table.ts";

/** Browsers subscribe by themselves; a key sees that they have, and can end it. No archive has them: they are bound to the site's keys. */
export const PUSH_SUBSCRIPTIONS = siteResource({
  ...PUSH,
  name: "push_subscription",
  label: "PushSubscription",
  called: "Push subscription",
  words: { one: "push subscription", many: "push subscriptions" },
  path: "/push/subscriptions",
  idPrefix: "psub",
  table: pushSubscriptions,
  schema: PushSubscriptionSchema,
  list: {
    query: ListPushSubscriptionsQuery,
    orders: { createdAt: pushSubscriptions.createdAt, updatedAt: pushSubscriptions.updatedAt },
  },
  remove: { description: "The browser is told nothing of it, and may subscribe again." },
  archived: false,
});
