import { and, eq } from "drizzle-orm";
import { isListed } from "../../core/storage/scoped.ts";
import { apiKeys } from "../../core/tenancy/api-keys/table.ts";
import type { Ctx } from "../../core/work/context.ts";

/** Whoever has done something: a key by what its owner knows it as, or work of the service itself by its name. */
export interface Who {
  /** `key`, or `service` for what happens by itself. */
  type: string;
  /** The key's. */
  id: number | null;
  name: string | null;
  /** How the key's value begins. */
  prefix: string | null;
}

const keyIdIn = (actor: string): number | null => Number(/^key:(\d+)$/.exec(actor)?.[1]) || null;

/** Those behind the names that the audit log has for them (`key:123`). Keys of other workspaces keep their names to themselves. */
export async function whoIs(
  ctx: Ctx,
  actors: readonly (string | undefined)[],
): Promise<(actor?: string) => Who | null> {
  const ids = [...new Set(actors.map((it) => keyIdIn(it ?? "")).filter((id) => id !== null))];
  const { id, name, prefix, workspaceId } = apiKeys;
  const areThese = and(eq(workspaceId, ctx.caller.workspaceId), isListed(id, ids));
  const found = ids.length === 0 ? [] : await ctx.db.select({ id, name, prefix }).from(apiKeys).where(areThese);
  const byId = new Map(found.map((key) => [key.id, key]));
  return (actor) => {
    if (actor === undefined) return null;
    const keyId = keyIdIn(actor);
    if (keyId === null) return { type: "service", id: null, name: actor, prefix: null };
    const key = byId.get(keyId);
    return { type: "key", id: keyId, name: key?.name ?? null, prefix: key?.prefix ?? null };
  };
}
