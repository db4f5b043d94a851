import { z } from "@hono/zod-openapi";
import { TIERS } from "../../core/limits/plans.ts";
import { freeObject, line, SlugSchema } from "../../core/fields.ts";
import { InstantSchema, instant, instantOrNull } from "../replies.ts";
import type { workspaces } from "../../core/tenancy/workspaces/table.ts";

type Row = typeof workspaces.$inferSelect;

/** Settings are kept twice in an audit entry, which has to stay below the database's 2 MB a row. */
export const MAX_SETTINGS_BYTES = 200_000;

/** Free-form settings of a workspace, ≤ 100 entries. */
const SettingsSchema = freeObject(MAX_SETTINGS_BYTES).meta({ example: { timezone: "Europe/London" } });

const NameSchema = line(255);

export const WorkspaceSchema = z
  .object({
    id: z.int().meta({ example: 1 }),
    name: z.string().meta({ example: "Acme Corporation" }),
    slug: z.string().meta({ example: "acme-corp" }),
    tier: z.string().meta({ example: "pro" }),
    settings: SettingsSchema,
    version: z.int(),
    created_at: InstantSchema,
    updated_at: InstantSchema,
  })
  .openapi("Workspace");

const TierSchema = z.enum(TIERS as [string, ...string[]], `must be one of ${TIERS.join(", ")}`);

export const CreateWorkspaceSchema = z
  .strictObject({
    name: NameSchema,
    slug: SlugSchema.optional(),
    tier: TierSchema.default("free"),
    settings: SettingsSchema.optional(),
  })
  .openapi("CreateWorkspace", {
    example: { name: "New Workspace", slug: "new-workspace", tier: "pro" },
  });

export const UpdateWorkspaceSchema = z
  .strictObject({ name: NameSchema, slug: SlugSchema, tier: TierSchema, settings: SettingsSchema })
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdateWorkspace", {
    minProperties: 1,
    example: { name: "Updated Name", settings: { timezone: "Europe/London" } },
  });

export const DeletionSchema = z
  .object({
    workspace_id: z.int(),
    status: z.enum(["running", "completed"]),
    deleted_rows: z.int(),
    remaining_rows: z.int(),
    deleted_at: InstantSchema,
    completed_at: InstantSchema.nullable(),
  })
  .openapi("WorkspaceDeletion");

export type CreateWorkspace = z.output<typeof CreateWorkspaceSchema>;
export type UpdateWorkspace = z.output<typeof UpdateWorkspaceSchema>;

export const toWorkspace = (row: Row): z.output<typeof WorkspaceSchema> => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  tier: row.tier,
  settings: row.settings,
  version: row.version,
  created_at: instant(row.createdAt),
  updated_at: instant(row.updatedAt),
});

export const toDeletion = (row: Row, remaining: number): z.output<typeof DeletionSchema> => ({
  workspace_id: row.id,
  status: row.purgedAt === null ? "running" : "completed",
  deleted_rows: row.purgedRows,
  remaining_rows: remaining,
  deleted_at: instant(row.deletedAt ?? 0),
  completed_at: instantOrNull(row.purgedAt),
});
