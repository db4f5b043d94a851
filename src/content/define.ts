import type { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint, inOrder } from "../core/http/endpoint.ts";
import { siteAccess } from "./sites/access.ts";

/**
 * An endpoint of the Content API. One below `/sites/{siteId}` refuses sites the key is not made for, before it asks
 * what the endpoint itself requires.
 */
export function contentEndpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Data extends z.ZodType,
>(endpoint: Endpoint<Params, Query, Body, Data>): Endpoint {
  if (!endpoint.path.includes("{siteId}")) return defineEndpoint(endpoint);
  return defineEndpoint({ ...endpoint, authorise: inOrder(siteAccess as never, endpoint.authorise) });
}
