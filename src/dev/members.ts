import { eq } from "drizzle-orm";
import type { Env } from "../env.ts";
import { addUser } from "../platform/users/service.ts";
import { users } from "../core/tenancy/users/table.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

/** Whom the demo's workspace belongs to. */
const OWNER = { name: "Ada Baker", email: "ada@demo-studio.example", role: "owner" } as const;

/** Makes sure the workspace has its owner. */
export async function ensureOwner(env: Env, tenant: Tenant, now: number): Promise<void> {
  const ctx = tenantContext(env, tenant, now);
  const [found] = await ctx.db.select({ id: users.id }).from(users).where(eq(users.workspaceId, tenant.workspaceId));
  if (found) return;
  addUser({ ctx, input: OWNER });
  await ctx.unit.commit();
}
