import { and, eq, type SQL, sql } from "drizzle-orm";
import { personalAttributes } from "../../core/keys/attributes.ts";
import type { Ctx } from "../../core/work/context.ts";
import { conflict, notFound } from "../../core/errors.ts";
import { newIntegerId } from "../../core/ids.ts";
import { withMade } from "../../core/storage/folded.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { toUser } from "./contract.ts";
import { ROLES, type Role, users } from "../../core/tenancy/users/table.ts";

export type UserRow = typeof users.$inferSelect;

export async function findUser(ctx: Ctx, userId: number): Promise<UserRow> {
  const isMember = and(eq(users.id, userId), eq(users.workspaceId, ctx.caller.workspaceId));
  const [row] = await ctx.db.select().from(users).where(isMember);
  if (!row) throw notFound("User");
  return row;
}

/** Members, by role as `status`; a key that may not see an attribute cannot search or sort by it either. */
export function userList(ctx: Ctx, { status, search }: { status?: string; search?: string }): NumberedSource {
  const role = ROLES.find((it) => it === status);
  const isVisible = personalAttributes(ctx.caller);
  const personal = { name: users.name, email: users.email };
  const shown = Object.entries(personal).filter(
    ([name]) => isVisible(name) && (name !== "email" || ctx.caller.siteIds === null),
  );
  const findsNobody = search !== undefined && shown.length === 0 ? sql`0` : undefined;
  const isMember = eq(users.workspaceId, ctx.caller.workspaceId);
  return {
    table: users,
    where: and(isMember, role ? eq(users.role, role) : undefined, findsNobody) as SQL,
    sorts: {
      created_at: users.createdAt,
      updated_at: users.updatedAt,
      role: users.role,
      name: users.id,
      email: users.id,
      ...Object.fromEntries(shown),
    },
    id: users.id,
    search: shown.map(([, column]) => column),
    createdAt: users.createdAt,
    updatedAt: users.updatedAt,
  };
}

/** Adds a member. There is no scope for it: the dashboard's owners and the set-up do this. */
export function addUser({ ctx, input }: { ctx: Ctx; input: { name: string; email: string; role: Role } }): UserRow {
  const row = withMade(users, {
    id: newIntegerId(ctx.now),
    workspaceId: ctx.caller.workspaceId,
    ...input,
    email: input.email.toLowerCase(),
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
  ctx.unit.stage(ctx.db.insert(users).values(row));
  ctx.unit.onDuplicate([users.workspaceId, users.email], conflict("email", "This address is already a member."));
  ctx.unit.audit("user.added", { type: "user", id: row.id, after: toUser(row) });
  return row;
}
