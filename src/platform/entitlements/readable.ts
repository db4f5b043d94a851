import type { Readable } from "../../core/keys/reader.ts";

/** Who may read what a plan allows and how much of it is used. */
export const FEATURES: Readable = {
  scope: "entitlements:read",
  integrations: false,
  readAt: ["/api/v1/entitlements/summary"],
};
