import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { listEndpoint } from "../lists/list.ts";
import { dataOf, IdParam, integerId } from "../replies.ts";
import { shownUser, UserSchema } from "./contract.ts";
import { findUser, type UserRow, userList } from "./service.ts";
import { ROLES } from "../../core/tenancy/users/table.ts";

const tag = "Users";
const description = "Keys of access type integrations see only the attributes they were given.";

export const userRoutes: Endpoint[] = [
  listEndpoint({
    path: "/users",
    operationId: "listUsers",
    tag,
    summary: "List the workspace's members",
    description: `${description} \`status\` filters by role.`,
    scope: "users:read",
    integrations: true,
    schema: UserSchema,
    sorts: ["created_at", "name", "email", "role", "updated_at"],
    statuses: [...ROLES],
    isSearchable: true,
    source: userList,
    toWire: (row: UserRow, ctx) => shownUser(ctx, row),
  }),
  defineEndpoint({
    method: "get",
    path: "/users/{userId}",
    operationId: "getUser",
    tag,
    summary: "Get a member",
    description,
    scope: "users:read",
    integrations: true,
    params: z.object({ userId: IdParam }),
    etag: true,
    success: {
      status: 200,
      description: "The member",
      data: dataOf(UserSchema.partial()),
      described: dataOf(UserSchema),
    },
    handle: async ({ ctx, input }) => {
      const row = await findUser(ctx, integerId(input.params.userId, "User"));
      return { data: { data: shownUser(ctx, row) }, version: row.updatedAt };
    },
  }),
];
