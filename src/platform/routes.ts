import type { Endpoint } from "../core/http/endpoint.ts";
import { accessRoutes } from "./access/routes.ts";
import { apiKeyRoutes } from "./api-keys/routes.ts";
import { archiveRoutes } from "./archives/routes.ts";
import { auditLogRoutes } from "./audit-log/routes.ts";
import { entitlementRoutes } from "./entitlements/routes.ts";
import { eventRoutes } from "./events/routes.ts";
import { mcpRoutes } from "./mcp/routes.ts";
import { pixelRoutes } from "./pixel/routes.ts";
import { postRoutes } from "./posts/routes.ts";
import { postVersionRoutes } from "./posts/versions/routes.ts";
import { seoRoutes } from "./seo/routes.ts";
import { trashRoutes } from "./trash/routes.ts";
import { usageReportRoutes } from "./usage/routes.ts";
import { userRoutes } from "./users/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";
import { workspaceRoutes } from "./workspaces/routes.ts";

/** Every endpoint under `/api/v1`. */
export const platformRoutes: Endpoint[] = [
  ...apiKeyRoutes,
  ...accessRoutes,
  ...workspaceRoutes,
  ...archiveRoutes,
  ...entitlementRoutes,
  ...usageReportRoutes,
  ...postRoutes,
  ...postVersionRoutes,
  ...trashRoutes,
  ...userRoutes,
  ...auditLogRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...seoRoutes,
  ...pixelRoutes,
  ...mcpRoutes,
];
