import { getPage } from "../content/pages/service/find.ts";
import { getSite } from "../content/sites/service.ts";
import type { Scope } from "../core/keys/scopes.ts";
import type { Ctx } from "../core/work/context.ts";
import { notFound } from "../core/errors.ts";
import { requireScope } from "../core/access/authorise.ts";
import { requireRight, requireSite } from "./authorise.ts";

export interface McpResource {
  uri: string;
  mimeType: string;
  content: Record<string, unknown>;
}

interface ResourceKind {
  pattern: RegExp;
  scope: Scope;
  operation: string;
  read(ctx: Ctx, ids: Record<string, string>): Promise<Record<string, unknown>>;
}

const KINDS: readonly ResourceKind[] = [
  {
    pattern: /^sites\/(?<siteId>\w{1,64})$/,
    scope: "sites:read",
    operation: "getSite",
    read: (ctx, { siteId = "" }) => getSite({ ctx, input: { siteId } }),
  },
  {
    pattern: /^sites\/(?<siteId>\w{1,64})\/pages\/(?<pageId>\w{1,64})$/,
    scope: "pages:read",
    operation: "getPage",
    read: (ctx, { siteId = "", pageId = "" }) => getPage({ ctx, input: { siteId, pageId } }),
  },
];

/** Reads `sites/{siteId}` or `sites/{siteId}/pages/{pageId}`; `not_found` for every other address. */
export async function readResource({ ctx, input }: { ctx: Ctx; input: { uri: string } }): Promise<McpResource> {
  for (const { pattern, scope, operation, read } of KINDS) {
    const ids = pattern.exec(input.uri)?.groups;
    if (!ids) continue;
    requireScope(ctx.caller, scope);
    requireRight(ctx, operation, ids);
    await requireSite(ctx, ids);
    return { uri: input.uri, mimeType: "application/json", content: await read(ctx, ids) };
  }
  throw notFound("MCP resource");
}
