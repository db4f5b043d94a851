import type { Readable } from "../../core/keys/reader.ts";

/** Who may read previews, in the audit log too. */
export const PREVIEWS: Readable = {
  scope: "pages:read",
  integrations: false,
  readAt: ["/v1/sites/{siteId}/previews", "/v1/sites/{siteId}/previews/{previewId}"],
};
