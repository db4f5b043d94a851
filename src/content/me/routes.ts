import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";

const MeSchema = z
  .object({
    keyId: z.int(),
    environment: z.enum(["live", "sandbox"]),
    workspace: z.object({ id: z.int(), name: z.string(), slug: z.string() }),
    tier: z.string().meta({ example: "pro" }),
    accessType: z.enum(["admin", "integrations", "transactional"]),
    scopes: z.array(z.string()).meta({ description: "Wildcards and presets resolved" }),
    sites: z
      .array(z.string())
      .nullable()
      .register(z.globalRegistry, { description: "The websites the key is limited to; null for all" }),
  })
  .openapi("Me");

export const meRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/me",
    operationId: "getMe",
    tag: "Account",
    summary: "Who am I? Test the connection",
    description: "Open to every valid key, whatever its access type, scopes and rights.",
    scope: null,
    anyKey: true,
    success: { status: 200, description: "The key that made the call", data: MeSchema },
    handle: async ({ ctx: { caller } }) => ({
      data: {
        keyId: caller.keyId as number,
        environment: caller.environment,
        workspace: { id: caller.workspace.id, name: caller.workspace.name, slug: caller.workspace.slug },
        tier: caller.workspace.tier,
        accessType: caller.accessType,
        scopes: [...caller.scopes],
        sites: caller.siteIds === null ? null : [...caller.siteIds],
      },
    }),
  }),
];
