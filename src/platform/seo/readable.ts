import type { Readable } from "../../core/keys/reader.ts";

/** Who may read what audits of pages have found. */
export const SEO_REPORTS: Readable = {
  scope: "seo:read",
  integrations: false,
  readAt: ["/api/v1/seo/issues/{workspaceId}"],
};
