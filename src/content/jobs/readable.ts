import type { Readable } from "../../core/keys/reader.ts";

/** What the audit log tells of jobs: that they were started and cancelled. */
export const JOBS: Readable = {
  scope: "sites:read",
  integrations: false,
  readAt: ["/v1/sites/{siteId}/jobs", "/v1/sites/{siteId}/jobs/{jobId}"],
};
