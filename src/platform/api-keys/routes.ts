import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../core/work/context.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { listEndpoint } from "../lists/list.ts";
import { SITES_INCLUDE } from "../lists/site-includes.ts";
import { dataOf, IdParam, instant, integerId, messageOf, made } from "../replies.ts";
import {
  CreateKeySchema,
  ImportKeySchema,
  KeySchema,
  NewKeySchema,
  RotateKeySchema,
  SimulateSchema,
  SimulationSchema,
  toSettings,
  UpdateKeySchema,
} from "./contract.ts";
import { createKey, importKey } from "./service/create.ts";
import type { KeyRow } from "../../core/tenancy/api-keys/table.ts";
import { authoriseKey, findKey, getKey, shownKey, withLastUse } from "./service/find.ts";
import { keyList } from "./service/list.ts";
import { revokeKey } from "./service/revoke.ts";
import { rotateKey } from "./service/rotate.ts";
import { simulateCall } from "./service/simulate.ts";
import { updateKey } from "./service/update.ts";
import { requireUsable } from "./service/usable.ts";
import { requireUncapped } from "./service/within.ts";

const tag = "API keys";
const params = z.object({ keyId: IdParam });
const idOf = ({ keyId }: { keyId: string }): number => integerId(keyId, "API key");

/** Refuses keys that the caller could not have made before anything else is looked at. */
const authorise = (ctx: Ctx, key: { keyId: string }) => authoriseKey(ctx, idOf(key));

export const apiKeyRoutes: Endpoint[] = [
  listEndpoint({
    path: "/api-keys",
    operationId: "listApiKeys",
    tag,
    summary: "List API keys",
    description:
      "`last_used_at` and what goes with it may be a minute old here; of a key asked for alone they are exact. `include=sites` shows the websites each is limited to, and asks for `sites:read` as well.",
    scope: "api-keys:read",
    schema: KeySchema,
    sorts: ["created_at", "name", "expires_at", "last_used_at", "updated_at"],
    statuses: ["active", "inactive", "expired", "rotated"],
    isSearchable: true,
    includes: { sites: SITES_INCLUDE },
    source: keyList,
    toWire: (row: KeyRow, ctx) => shownKey(ctx, row),
  }),
  defineEndpoint({
    method: "post",
    path: "/api-keys",
    operationId: "createApiKey",
    tag,
    summary: "Create an API key",
    description:
      "The key's value is returned once, here. A key cannot grant more than it has itself, and with a monthly cap it makes none. A tier has room for a number of active keys (`api_keys` in the entitlements).",
    scope: "api-keys:write",
    authorise: async (ctx) => requireUncapped(ctx),
    body: CreateKeySchema,
    success: { status: 201, description: "The new key with its value", data: messageOf(NewKeySchema) },
    handle: async ({ ctx, input }) => {
      const settings = toSettings(input.body);
      await requireUsable(ctx, settings, null);
      const { row, key } = await createKey({ ctx, input: settings as never });
      return {
        ...made("/api-keys", "API key created successfully.", { ...shownKey(ctx, row), key }),
        version: row.version,
      };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/api-keys/import",
    operationId: "importApiKey",
    tag,
    summary: "Take over a key of another system",
    description:
      "Its callers go on with the value they have. The value is hashed at once and not kept; one whose key has ended can be taken over again.",
    scope: "api-keys:write",
    authorise: async (ctx) => requireUncapped(ctx),
    body: ImportKeySchema,
    success: { status: 201, description: "The imported key", data: messageOf(KeySchema) },
    handle: async ({ ctx, input }) => {
      const settings = toSettings(input.body);
      await requireUsable(ctx, settings, null);
      const row = await importKey({ ctx, input: settings as never });
      return { ...made("/api-keys", "API key imported successfully.", shownKey(ctx, row)), version: row.version };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/api-keys/{keyId}",
    operationId: "getApiKey",
    tag,
    summary: "Get an API key",
    scope: "api-keys:read",
    params,
    etag: true,
    success: { status: 200, description: "The key, without its value", data: dataOf(KeySchema) },
    authorise: async (ctx, key) => (ctx.caller.siteIds === null ? undefined : authorise(ctx, key)),
    handle: async ({ ctx, input }) => {
      const row = await getKey(ctx, idOf(input.params));
      return { data: { data: shownKey(ctx, row) }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "patch",
    path: "/api-keys/{keyId}",
    operationId: "updateApiKey",
    tag,
    summary: "Change an API key",
    description: "Takes effect on the very next call with the key. `is_active: false` deactivates it.",
    scope: "api-keys:write",
    params,
    etag: true,
    body: UpdateKeySchema,
    success: { status: 200, description: "The changed key", data: messageOf(KeySchema) },
    authorise,
    handle: async ({ ctx, input }) => {
      const changes = toSettings(input.body);
      const { expectedVersions } = input;
      const keyId = idOf(input.params);
      await requireUsable(ctx, changes, await findKey(ctx, keyId));
      const row = await updateKey({ ctx, input: { keyId, changes, expectedVersions } });
      const shown = shownKey(ctx, await withLastUse(ctx, row));
      const data = { message: "API key updated successfully.", data: shown };
      return { data, version: row.version };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/api-keys/{keyId}/rotate",
    operationId: "rotateApiKey",
    tag,
    summary: "Replace an API key by a new one with the same settings",
    description:
      "The old key works on during the grace period, 24 hours unless told otherwise; 0 ends it at once. A key that rotates itself can ask again for an answer it lost: by the same call, until the grace ends or the new key has been used; by the same Idempotency-Key for a day, and for a minute after a grace of 0.",
    scope: "api-keys:write",
    endsKey: "keyId",
    params,
    body: RotateKeySchema,
    bodyOptional: true,
    success: { status: 200, description: "The new key with its value", data: messageOf(NewKeySchema) },
    authorise,
    handle: async ({ ctx, input }) => {
      const gracePeriodHours = input.body.grace_period_hours;
      const { row, key, graceEndsAt } = await rotateKey({
        ctx,
        input: { keyId: idOf(input.params), gracePeriodHours },
      });
      const data = { ...shownKey(ctx, row), key, grace_period_ends_at: instant(graceEndsAt) };
      return { data: { message: "API key rotated successfully.", data }, repeatableUntil: graceEndsAt };
    },
  }),
  defineEndpoint({
    method: "delete",
    path: "/api-keys/{keyId}",
    operationId: "revokeApiKey",
    tag,
    summary: "Revoke an API key",
    description:
      "The next call with the key gets 401. A key can end only keys that it could have made, and always itself, without any scope. Webhooks behind the key pause.",
    scope: "api-keys:delete",
    itself: "keyId",
    params,
    etag: true,
    success: { status: 204, description: "The key is revoked" },
    authorise,
    handle: async ({ ctx, input }) => {
      await revokeKey({ ctx, input: { keyId: idOf(input.params), expectedVersions: input.expectedVersions } });
      return {};
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/api-keys/{keyId}/simulate",
    operationId: "simulateApiKey",
    tag,
    summary: "Would this key be allowed to make this call?",
    description:
      "Asks what a real call asks of the key, its address, the method, the path with its query, and the workspace. What only a body can say is not asked: the site, the powers or the events it names, the tool it calls; nor are limits and what the plan has room for. Of a key that the caller could have made, and of itself.",
    scope: "api-keys:read",
    params,
    body: SimulateSchema,
    success: { status: 200, description: "The verdict and its reason", data: dataOf(SimulationSchema) },
    authorise,
    handle: async ({ ctx, input }) => ({
      data: { data: await simulateCall({ ctx, input: { keyId: idOf(input.params), ...input.body } }) },
    }),
  }),
];
