import { isNull } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import type { NumberedSource } from "../../../core/storage/numbered-list.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { ofAccount } from "./find.ts";

/** Where the list of the account's workspaces comes from. */
export const workspaceList = (ctx: Ctx): NumberedSource => ({
  table: workspaces,
  where: ofAccount(ctx, isNull(workspaces.deletedAt)),
  sorts: {
    created_at: workspaces.createdAt,
    name: workspaces.name,
    slug: workspaces.slug,
    updated_at: workspaces.updatedAt,
  },
  id: workspaces.id,
  search: [workspaces.name, workspaces.slug],
  createdAt: workspaces.createdAt,
  updatedAt: workspaces.updatedAt,
});
