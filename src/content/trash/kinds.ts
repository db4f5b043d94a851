import type { z } from "@hono/zod-openapi";
import { requireAccessType, requireScope } from "../../core/access/authorise.ts";
import type { Scope } from "../../core/keys/scopes.ts";
import type { KeptTable } from "../../core/storage/history/kept.ts";
import type { Ctx } from "../../core/work/context.ts";
import { PAGE_VERSIONS } from "../pages/versions.ts";
import { recoverPage } from "../pages/service/recover.ts";
import { SITE_RESOURCES } from "../resources.ts";
import type { Trashed } from "./find.ts";

/** A kind of thing below a site that goes to the site's trash. */
export interface TrashedKind {
  /** As lists and the audit log name it: `page`. */
  kind: string;
  idPrefix: string;
  scopes: { read: Scope; write: Scope };
  integrations: boolean;
  table: KeptTable;
  schema: z.ZodObject;
  /** What can be told of it when it is restored. */
  restoring: z.ZodType;
  show(ctx: Ctx, row: never): Record<string, unknown>;
  recover(at: { ctx: Ctx; input: { trashed: Trashed; changes: object } }): Promise<Record<string, unknown>>;
}

const PAGE: TrashedKind = {
  kind: PAGE_VERSIONS.name,
  idPrefix: "page",
  scopes: PAGE_VERSIONS.scopes,
  integrations: PAGE_VERSIONS.integrations,
  table: PAGE_VERSIONS.table,
  schema: PAGE_VERSIONS.schema,
  restoring: PAGE_VERSIONS.restoring,
  show: PAGE_VERSIONS.show as TrashedKind["show"],
  recover: recoverPage as TrashedKind["recover"],
};

/** Every kind there is: pages, and the declared resources whose versions are kept. */
export const TRASHED_KINDS: readonly TrashedKind[] = [
  PAGE,
  ...SITE_RESOURCES.flatMap(({ versioned, name, idPrefix, table, verbs }) =>
    versioned
      ? {
          ...versioned,
          kind: name,
          idPrefix,
          table: table as KeptTable,
          recover: verbs.recover as TrashedKind["recover"],
        }
      : [],
  ),
];

/** The kind of thing that an id in the trash is of, by its prefix. */
export const kindOfId = (id: string): TrashedKind | undefined =>
  TRASHED_KINDS.find(({ idPrefix }) => id.startsWith(`${idPrefix}_`));

/** Throws unless the caller may do this to things of a kind, as it may where they are. */
export function requireKind(ctx: Ctx, { scopes, integrations }: TrashedKind, access: "read" | "write"): void {
  requireScope(ctx.caller, scopes[access]);
  requireAccessType(ctx.caller, integrations);
}

/** The kinds that the caller may do this to. */
export const openKinds = ({ caller }: Ctx, access: "read" | "write"): TrashedKind[] =>
  TRASHED_KINDS.filter(
    ({ scopes, integrations }) =>
      caller.scopes.has(scopes[access]) && (integrations || caller.accessType !== "integrations"),
  );
