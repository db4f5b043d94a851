import type { z } from "@hono/zod-openapi";
import { defineEvents } from "../../core/events/define.ts";
import { SAMPLE_AT } from "../../core/events/sample.ts";
import { instant } from "../../core/instant.ts";
import type { WorkspaceSchema } from "./contract.ts";

const sample: z.output<typeof WorkspaceSchema> = {
  id: 1,
  name: "Acme Corporation",
  slug: "acme-corp",
  tier: "pro",
  settings: {},
  version: 1,
  created_at: instant(SAMPLE_AT),
  updated_at: instant(SAMPLE_AT),
};

export const WORKSPACE_EVENTS = defineEvents({
  noun: "workspace",
  scope: "workspaces:read",
  readAt: ["/api/v1/workspaces", "/api/v1/workspaces/{workspaceId}"],
  sample,
  verbs: { created: {}, updated: { version: 2 } },
});
