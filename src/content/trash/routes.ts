import type { NeededByQuery } from "../../core/access/authorise.ts";
import { requireScope } from "../../core/access/authorise.ts";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { parseWith } from "../../core/http/validate.ts";
import type { Ctx } from "../../core/work/context.ts";
import { contentEndpoint } from "../define.ts";
import {
  AnyChanges,
  EmptiedSchema,
  EmptyTrashQuery,
  ListTrashQuery,
  RestoredSchema,
  toTrashed,
  TrashedItemSchema,
  TrashedParams,
  TrashParams,
  TrashRestoringSchema,
  WholeTrashedItemSchema,
} from "./contract.ts";
import { kindOfId, openKinds, requireKind, TRASHED_KINDS } from "./kinds.ts";
import { emptyTrash, getTrashed, listTrash, purgeTrashed, recover } from "./service.ts";

const path = "/sites/{siteId}/trash";
const common = { tag: "Trash", scope: null, integrations: true };

/** What a call that names a kind asks for: the scope of that kind. */
const byType = (access: "read" | "write"): NeededByQuery => ({
  parameter: "type",
  values: Object.fromEntries(
    TRASHED_KINDS.map(({ kind, scopes, integrations }) => [
      kind,
      { scope: scopes[access], integrations, isOffered: true },
    ]),
  ),
});

/** A call that names no kind is about those that the caller may do this to: one at least. */
const someKind = (access: "read" | "write") => async (ctx: Ctx) => {
  if (openKinds(ctx, access).length === 0) requireScope(ctx.caller, TRASHED_KINDS[0]?.scopes[access] ?? null);
};

/** The same as where the thing was: what it is is told by its id. */
const ofItsKind =
  (access: "read" | "write") =>
  async (ctx: Ctx, { trashId }: { trashId: string }) => {
    const kind = kindOfId(trashId);
    if (kind) requireKind(ctx, kind, access);
  };

export const trashRoutes: Endpoint[] = [
  contentEndpoint({
    ...common,
    method: "get",
    path,
    operationId: "listTrash",
    summary: "List what was deleted and can be restored",
    description:
      "What was deleted within thirty days, of the kinds that the key may read: `pages:read` shows pages, `ecommerce:read` products. `search` looks into titles.",
    params: TrashParams,
    query: ListTrashQuery,
    byQuery: byType("read"),
    authorise: someKind("read"),
    success: { status: 200, description: "A page of the trash", data: TrashedItemSchema, list: true },
    handle: async ({ ctx, input }) => {
      const { items, pagination } = await listTrash(ctx, input.params.siteId, input.query);
      return { page: { items: items.map(([row, who]) => toTrashed(row, who)), pagination } };
    },
  }),
  contentEndpoint({
    ...common,
    method: "delete",
    path,
    operationId: "emptyTrash",
    summary: "Empty the trash",
    description:
      "For good, of the kinds that the key may write or of one `type`. At most five hundred things a call, oldest first.",
    params: TrashParams,
    query: EmptyTrashQuery,
    byQuery: byType("write"),
    authorise: someKind("write"),
    success: { status: 200, description: "How many are gone", data: EmptiedSchema },
    handle: async ({ ctx, input }) => ({ data: await emptyTrash(ctx, input.params.siteId, input.query.type) }),
  }),
  contentEndpoint({
    ...common,
    method: "get",
    path: `${path}/{trashId}`,
    operationId: "getTrashedItem",
    summary: "Get something that was deleted, as it was",
    description: "Asks for the scope that reads it: `pages:read` for a page, `ecommerce:read` for a product.",
    params: TrashedParams,
    authorise: ofItsKind("read"),
    etag: true,
    success: { status: 200, description: "What was deleted", data: WholeTrashedItemSchema },
    handle: async ({ ctx, input }) => {
      const { told, resource } = await getTrashed(ctx, input.params);
      return { data: { ...toTrashed(...told), resource: resource as never }, version: told[0].version };
    },
  }),
  contentEndpoint({
    ...common,
    method: "post",
    path: `${path}/{trashId}/restore`,
    operationId: "restoreTrashedItem",
    summary: "Restore something that was deleted",
    description:
      "It comes back under its id, with its versions, at its next version; subscribers hear of it as created. A slug that was taken meanwhile is a conflict: send another in the body. A page gets back its parent, the pages below it and its translations where they are still there.",
    params: TrashedParams,
    body: AnyChanges,
    describedBody: TrashRestoringSchema,
    bodyOptional: true,
    etag: true,
    authorise: ofItsKind("write"),
    errors: ["conflict", "feature_limit_reached"],
    success: { status: 200, description: "The resource, restored", data: RestoredSchema },
    handle: async ({ ctx, input: { params, body, expectedVersions } }) => {
      const kind = kindOfId(params.trashId);
      const changes = kind ? (parseWith(kind.restoring, body, "body") as object) : {};
      const item = await recover(ctx, params, { changes, expectedVersions });
      return { data: item as never, version: item.version as number };
    },
  }),
  contentEndpoint({
    ...common,
    method: "delete",
    path: `${path}/{trashId}`,
    operationId: "purgeTrashedItem",
    summary: "Delete something in the trash for good",
    params: TrashedParams,
    authorise: ofItsKind("write"),
    success: { status: 204, description: "It is gone, with its versions" },
    handle: async ({ ctx, input }) => {
      await purgeTrashed(ctx, input.params);
      return {};
    },
  }),
];
