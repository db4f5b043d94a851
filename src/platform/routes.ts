import type { Endpoint } from "../core/http/endpoint.ts";
import { apiKeyRoutes } from "./api-keys/routes.ts";
import { workspaceRoutes } from "./workspaces/routes.ts";

/** Every endpoint under `/api/v1`. */
export const platformRoutes: Endpoint[] = [...apiKeyRoutes, ...workspaceRoutes];
