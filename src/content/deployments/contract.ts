import { z } from "@hono/zod-openapi";
import { text, TimestampSchema, timestamp, timestampOrNull } from "../../core/fields.ts";
import { listQuery } from "../list-query.ts";
import type { Changes, deployments } from "./table.ts";
import { toWarning, WARNING_CODES } from "./warnings.ts";
import { pathParams } from "../../core/http/path-params.ts";

const ChangedPageSchema = z
  .object({ kind: z.enum(["page", "post"]), id: z.string(), title: z.string(), slug: z.string(), locale: z.string() })
  .openapi("ChangedPage");

export const DeploymentStatusSchema = z.enum([
  "live",
  "superseded",
  "scheduled",
  "building",
  "failed",
  "cancelled",
  "dry_run",
]);

export const DeploymentSchema = z
  .object({
    id: z.string().meta({ example: "dep_01KAGW6PSZ0000000000000000" }),
    siteId: z.string(),
    number: z
      .int()
      .nullable()
      .register(z.globalRegistry, { description: "Counts the site's deployments; null until it is published" }),
    status: DeploymentStatusSchema,
    dryRun: z.boolean().meta({ description: "True for sandbox publishes, which change nothing visitors see" }),
    pageCount: z.int().nullable(),
    onlyPages: z.array(z.string()).nullable().register(z.globalRegistry, {
      description: "The pages it is about, when it carries out their `publishAt`; null for the whole website",
    }),
    progress: z
      .object({ rendered: z.int(), total: z.int() })
      .nullable()
      .register(z.globalRegistry, { description: "How far it is, while its status is `building`" }),
    changes: z
      .object({
        added: z.array(ChangedPageSchema),
        changed: z.array(ChangedPageSchema),
        removed: z.array(ChangedPageSchema),
        counts: z.object({ added: z.int(), changed: z.int(), removed: z.int() }),
      })
      .nullable()
      .register(z.globalRegistry, {
        description: "What it changed for visitors; at most 500 of each, `counts` has them all",
      }),
    warnings: z
      .array(
        z
          .object({
            kind: z
              .enum(["page", "post", "site"])
              .meta({ description: "What it is about; of `site`, its settings, the id and slug are the website's" }),
            pageId: z.string(),
            slug: z.string(),
            locale: z.string(),
            code: z.string().meta({ description: `What is wrong; others may follow: ${WARNING_CODES.join(", ")}` }),
            path: z.string().meta({ description: "Where in the page or article", example: "blocks[1].props.html" }),
            what: z.string().meta({ description: "The address, element or property it is about" }),
            message: z.string(),
            block: z
              .int()
              .nullable()
              .register(z.globalRegistry, { description: "The block's place on the page, from 0" }),
            type: z.string().nullable().register(z.globalRegistry, { description: "Of a block that is not rendered" }),
          })
          .openapi("PublishWarning"),
      )
      .meta({ description: "What visitors do not see of what was published, and dead links; at most 500" }),
    createdAt: TimestampSchema,
    scheduledAt: TimestampSchema.nullable(),
    publishedAt: TimestampSchema.nullable(),
  })
  .openapi("Deployment");

export type Deployment = z.output<typeof DeploymentSchema>;

export const PublishSchema = z
  .strictObject({
    ifCooldown: z.enum(["fail", "queue"], "must be fail or queue").default("fail").register(z.globalRegistry, {
      description: "During the cooldown: `fail` answers 429, `queue` publishes when it ends (202)",
    }),
  })
  .openapi("Publish", { example: { ifCooldown: "queue" } });

export const RollbackSchema = z
  .strictObject({
    deploymentId: text(64, "must be the id of a deployment").optional().register(z.globalRegistry, {
      description: "The deployment to go back to; the one before the live one when left out",
    }),
  })
  .openapi("Rollback", { example: {} });

export const SiteParams = pathParams("siteId");
export const DeploymentParams = pathParams("siteId", "deploymentId");
export const ListDeploymentsQuery = listQuery(["createdAt"], {
  status: DeploymentStatusSchema.optional(),
});

/** Deployments of before 0011 have lists of all their changes, and no kinds. */
const countsOf = ({ added, changed, removed }: Changes) => ({
  added: added.length,
  changed: changed.length,
  removed: removed.length,
});

/** A deployment as the API shows it; whether it is live is the site's to say. */
export function toDeployment(row: typeof deployments.$inferSelect, liveDeploymentId: string | null): Deployment {
  const completed = row.id === liveDeploymentId ? "live" : "superseded";
  return {
    id: row.id,
    siteId: row.siteId,
    number: row.number,
    status: row.status === "completed" ? completed : row.status,
    dryRun: row.environment === "sandbox",
    pageCount: row.pageCount,
    onlyPages: row.onlyPages,
    progress: row.progress && { rendered: row.progress.rendered, total: row.progress.total },
    changes: row.changes && { ...row.changes, counts: row.changes.counts ?? countsOf(row.changes) },
    warnings: (row.warnings ?? []).map(toWarning),
    createdAt: timestamp(row.createdAt),
    scheduledAt: timestampOrNull(row.scheduledAt),
    // A dry run ends, which its site's cooldown counts from, and publishes nothing.
    publishedAt: timestampOrNull(row.status === "dry_run" ? null : row.publishedAt),
  };
}
