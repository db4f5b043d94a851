import { z } from "@hono/zod-openapi";
import { redact } from "../../core/keys/attributes.ts";
import type { Ctx } from "../../core/work/context.ts";
import { InstantSchema, instant } from "../replies.ts";
import { ROLES, type users } from "../../core/tenancy/users/table.ts";

export const UserSchema = z
  .object({
    id: z.int().meta({ example: 1 }),
    name: z.string().meta({ example: "Ada Baker" }),
    email: z.string().meta({ example: "ada@example.com" }),
    role: z.enum(ROLES),
    created_at: InstantSchema,
    updated_at: InstantSchema,
  })
  .openapi("User");

/** A member as something else includes it: without what the caller may not see. */
export const IncludedUserSchema = UserSchema.partial().openapi("IncludedUser", {
  description: "A member, less the attributes the key may not see",
});

/** What of a member a key of access type `integrations` may be kept from seeing (document 003). */
export const PERSONAL_USER_FIELDS: readonly (keyof z.output<typeof UserSchema>)[] = ["name", "email"];

/**
 * A member as the caller may see it: a key that is kept to certain sites does not see addresses (docs/contract.md §8).
 */
export const shownUser = ({ caller }: Ctx, row: typeof users.$inferSelect): Partial<z.output<typeof UserSchema>> => {
  const { email, ...rest } = toUser(row);
  return redact(caller, "user", caller.siteIds === null ? { ...rest, email } : rest);
};

export const toUser = (row: typeof users.$inferSelect): z.output<typeof UserSchema> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  created_at: instant(row.createdAt),
  updated_at: instant(row.updatedAt),
});
