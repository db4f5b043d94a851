import { getPage } from "../content/pages/service/find.ts";
import { getSite } from "../content/sites/service.ts";
import type { Ctx } from "../core/work/context.ts";
import { notFound } from "../core/errors.ts";
import { requireOperation } from "./authorise.ts";

export interface McpResource {
  uri: string;
  mimeType: string;
  content: Record<string, unknown>;
}

interface ResourceKind {
  pattern: RegExp;
  /** The operation that shows the same. */
  operation: string;
  read(ctx: Ctx, ids: Record<string, string>): Promise<Record<string, unknown>>;
}

const KINDS: readonly ResourceKind[] = [
  {
    pattern: /^sites\/(?<siteId>\w{1,64})$/,
    operation: "getSite",
    read: (ctx, { siteId = "" }) => getSite({ ctx, input: { siteId } }),
  },
  {
    pattern: /^sites\/(?<siteId>\w{1,64})\/pages\/(?<pageId>\w{1,64})$/,
    operation: "getPage",
    read: (ctx, { siteId = "", pageId = "" }) => getPage({ ctx, input: { siteId, pageId } }),
  },
];

/** What an address leads to, for those who may read it; `not_found` for one that leads nowhere. */
async function findResource(ctx: Ctx, uri: string): Promise<() => Promise<Record<string, unknown>>> {
  for (const { pattern, operation, read } of KINDS) {
    const ids = pattern.exec(uri)?.groups;
    if (!ids) continue;
    await requireOperation(ctx, operation, ids);
    return () => read(ctx, ids);
  }
  throw notFound("MCP resource");
}

/** Refuses callers who may not read what the address leads to. */
export async function authoriseResource(ctx: Ctx, uri: string): Promise<void> {
  await findResource(ctx, uri);
}

/** Reads `sites/{siteId}` or `sites/{siteId}/pages/{pageId}`; `not_found` for every other address. */
export async function readResource({ ctx, input }: { ctx: Ctx; input: { uri: string } }): Promise<McpResource> {
  const read = await findResource(ctx, input.uri);
  return { uri: input.uri, mimeType: "application/json", content: await read() };
}
