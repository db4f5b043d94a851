import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { listEndpoint } from "../lists/list.ts";
import { dataOf, IdParam, integerId, messageOf, made } from "../replies.ts";
import { IncludedUserSchema, shownUser } from "../users/contract.ts";
import { ownersById } from "../users/include.ts";
import { MEMBERS } from "../users/readable.ts";
import {
  CreateWorkspaceSchema,
  DeletionSchema,
  toDeletion,
  toWorkspace,
  UpdateWorkspaceSchema,
  WorkspaceSchema,
} from "./contract.ts";
import { findWorkspace } from "./service/find.ts";
import { workspaceList } from "./service/list.ts";
import { deletionProgress } from "./service/purge.ts";
import {
  createWorkspace,
  deleteWorkspace,
  requireFounder,
  requireUnrestricted,
  updateWorkspace,
} from "./service/write.ts";

const tag = "Workspaces";
const params = z.object({ workspaceId: IdParam });
const idOf = ({ workspaceId }: { workspaceId: string }): number => integerId(workspaceId, "Workspace");

export const workspaceRoutes: Endpoint[] = [
  listEndpoint({
    path: "/workspaces",
    operationId: "listWorkspaces",
    tag,
    summary: "List the account's workspaces",
    description:
      "For a key with `account_access`; every other key sees its own workspace alone. `include=owner` asks for `users:read` as well.",
    scope: "workspaces:read",
    schema: WorkspaceSchema,
    sorts: ["created_at", "name", "slug", "updated_at"],
    isSearchable: true,
    includes: {
      owner: {
        readable: MEMBERS,
        schema: IncludedUserSchema.nullable(),
        load: (ctx, rows) => ownersById(ctx, rows, (user) => shownUser(ctx, user)),
      },
    },
    source: workspaceList,
    toWire: toWorkspace,
  }),
  defineEndpoint({
    method: "post",
    path: "/workspaces",
    operationId: "createWorkspace",
    tag,
    summary: "Create a workspace in the same account",
    description: "Of a tier that the account's contract allows, and not above that of the key.",
    scope: "workspaces:write",
    body: CreateWorkspaceSchema,
    success: { status: 201, description: "The new workspace", data: messageOf(WorkspaceSchema) },
    authorise: requireFounder,
    handle: async ({ ctx, input }) => {
      const row = await createWorkspace({ ctx, input: input.body });
      return { ...made("/workspaces", "Workspace created successfully.", toWorkspace(row)), version: row.version };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/workspaces/{workspaceId}",
    operationId: "getWorkspace",
    tag,
    summary: "Get a workspace",
    scope: "workspaces:read",
    params,
    etag: true,
    success: { status: 200, description: "The workspace", data: dataOf(WorkspaceSchema) },
    handle: async ({ ctx, input }) => {
      const row = await findWorkspace(ctx, idOf(input.params));
      return { data: { data: toWorkspace(row) }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "patch",
    path: "/workspaces/{workspaceId}",
    operationId: "updateWorkspace",
    tag,
    summary: "Change a workspace",
    description: "A changed tier holds from the next call of every key on.",
    scope: "workspaces:write",
    params,
    etag: true,
    body: UpdateWorkspaceSchema,
    success: { status: 200, description: "The changed workspace", data: messageOf(WorkspaceSchema) },
    authorise: requireUnrestricted,
    handle: async ({ ctx, input }) => {
      const row = await updateWorkspace({
        ctx,
        input: { workspaceId: idOf(input.params), changes: input.body, expectedVersions: input.expectedVersions },
      });
      return { data: { message: "Workspace updated successfully.", data: toWorkspace(row) }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "delete",
    path: "/workspaces/{workspaceId}",
    operationId: "deleteWorkspace",
    tag,
    summary: "Delete a workspace",
    description: "Its keys stop at once; its data is purged in the background.",
    scope: "workspaces:delete",
    params,
    etag: true,
    success: { status: 204, description: "The workspace is deleted" },
    authorise: requireUnrestricted,
    handle: async ({ ctx, input }) => {
      await deleteWorkspace({
        ctx,
        input: { workspaceId: idOf(input.params), expectedVersions: input.expectedVersions },
      });
      return {};
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/workspaces/{workspaceId}/deletion",
    operationId: "getWorkspaceDeletion",
    tag,
    summary: "How far has the purge of a deleted workspace come?",
    scope: "workspaces:read",
    params,
    success: { status: 200, description: "The progress", data: dataOf(DeletionSchema) },
    handle: async ({ ctx, input }) => {
      const { row, remaining } = await deletionProgress(ctx, idOf(input.params));
      return { data: { data: toDeletion(row, remaining) } };
    },
  }),
];
