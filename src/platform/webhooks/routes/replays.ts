import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../../core/http/endpoint.ts";
import { type ReplayRow, startReplay } from "../../../webhooks/service/replay.ts";
import {
  cancelReplay,
  findReplay,
  newReplay,
  numberedReplays,
  REPLAY_STATES,
  withProgress,
} from "../../../webhooks/service/replays.ts";
import { listEndpoint } from "../../lists/list.ts";
import { dataOf, IdParam, integerId, messageOf } from "../../replies.ts";
import { ListedReplaySchema, ReplayRequestSchema, ReplaySchema } from "../contract.ts";
import { toListedReplay, toReplay } from "../replies.ts";

const tag = "Webhooks";
const integrations = true;
const params = z.object({ webhookId: IdParam });
const replayParams = z.object({ webhookId: IdParam, replayId: IdParam });
const idOf = ({ webhookId }: { webhookId: string }) => ({ endpointId: integerId(webhookId, "Webhook") });
const idsOf = ({ webhookId, replayId }: { webhookId: string; replayId: string }) => ({
  ...idOf({ webhookId }),
  replayId: integerId(replayId, "Replay"),
});

export const replayRoutes: Endpoint[] = [
  defineEndpoint({
    method: "post",
    path: "/webhooks/{webhookId}/replay",
    operationId: "replayWebhook",
    tag,
    summary: "Send the events of a time span again",
    description:
      "Under the ids they had, so that a receiver that remembers ids handles none twice. Events are kept 30 days.",
    scope: "webhooks:write",
    integrations,
    params,
    body: ReplayRequestSchema,
    success: { status: 202, description: "The replay has begun", data: messageOf(ReplaySchema) },
    errors: ["conflict"],
    handle: async ({ ctx, input }) => {
      const { from, to, status } = input.body;
      const row = await startReplay({ ctx, input: { ...idOf(input.params), from, to: to ?? ctx.now + 1, status } });
      return { data: { message: "Replay started.", data: toReplay(newReplay(row)) } };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/webhooks/{webhookId}/replays/{replayId}",
    operationId: "getWebhookReplay",
    tag,
    summary: "How far a replay has come",
    scope: "webhooks:read",
    integrations,
    params: replayParams,
    success: { status: 200, description: "The replay", data: dataOf(ReplaySchema) },
    handle: async ({ ctx, input }) => ({
      data: { data: toReplay(await findReplay({ ctx, input: idsOf(input.params) })) },
    }),
  }),
  listEndpoint({
    path: "/webhooks/{webhookId}/replays",
    operationId: "listWebhookReplays",
    tag,
    summary: "List an endpoint's replays",
    description: "Of the last 30 days. What became of the deliveries of one, it tells itself.",
    scope: "webhooks:read",
    integrations,
    params,
    schema: ListedReplaySchema,
    sorts: ["created_at"],
    statuses: [...REPLAY_STATES],
    source: (ctx, query, named: { webhookId: string }) => numberedReplays(ctx, idOf(named), query),
    toWires: async (rows: ReplayRow[], ctx) => (await withProgress(ctx, rows)).map(toListedReplay),
  }),
  defineEndpoint({
    method: "post",
    path: "/webhooks/{webhookId}/replays/{replayId}/cancel",
    operationId: "cancelWebhookReplay",
    tag,
    summary: "Cancel a replay that is under way",
    description:
      "Nothing more is queued, and what is queued is not sent; another replay can send it. One that is over answers 409.",
    scope: "webhooks:write",
    integrations,
    params: replayParams,
    success: { status: 200, description: "The cancelled replay", data: messageOf(ReplaySchema) },
    errors: ["conflict"],
    handle: async ({ ctx, input }) => {
      const replay = await cancelReplay({ ctx, input: idsOf(input.params) });
      return { data: { message: "Replay cancelled.", data: toReplay(replay) } };
    },
  }),
];
