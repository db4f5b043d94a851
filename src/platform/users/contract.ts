import { z } from "@hono/zod-openapi";
import { InstantSchema, instant } from "../replies.ts";
import { ROLES, type users } from "./table.ts";

export const UserSchema = z
  .object({
    id: z.int().openapi({ example: 1 }),
    name: z.string().openapi({ example: "Ada Baker" }),
    email: z.string().openapi({ example: "ada@example.com" }),
    role: z.enum(ROLES),
    created_at: InstantSchema,
    updated_at: InstantSchema,
  })
  .openapi("User");

export const toUser = (row: typeof users.$inferSelect): z.output<typeof UserSchema> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  created_at: instant(row.createdAt),
  updated_at: instant(row.updatedAt),
});
