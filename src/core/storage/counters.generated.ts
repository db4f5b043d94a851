// Written by `npm run generate` from the triggers in migrations/. Not to be edited.

/** The counters that triggers keep. A name ending in `:` is followed by a value of the row, such as its status. */
export const KEPT_COUNTERS: readonly string[] = [
  "active_keys",
  "api_keys:",
  "coupons",
  "custom_blocks",
  "deployments",
  "jobs:",
  "media:",
  "orders:",
  "pages",
  "pages:",
  "payment_providers",
  "payments",
  "posts:",
  "previews",
  "products:",
  "ratings:",
  "redirects",
  "reviews:",
  "sites:",
  "storage",
  "trash:",
  "webhooks",
];
