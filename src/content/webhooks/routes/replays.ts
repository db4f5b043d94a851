import type { Endpoint } from "../../../core/http/endpoint.ts";
import { startReplay } from "../../../webhooks/service/replay.ts";
import { cancelReplay, findReplay, newReplay } from "../../../webhooks/service/replays.ts";
import { contentEndpoint } from "../../define.ts";
import {
  HookParams,
  HookReplayParams,
  ListedSiteReplaySchema,
  ListHookReplaysQuery,
  SiteReplayRequestSchema,
  SiteReplaySchema,
} from "../contract.ts";
import { hookOf, numberOf, toHookReplay } from "../replies.ts";
import { listHookReplays } from "../service.ts";

const tag = "Webhooks";
const integrations = true;

const replayOf = (params: { siteId: string; hookId: string; hookReplayId: string }) => ({
  ...hookOf(params),
  replayId: numberOf("whr", params.hookReplayId, "Replay"),
});

export const hookReplayRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/webhooks/{hookId}/replay",
    operationId: "replaySiteWebhook",
    tag,
    summary: "Send the events of a time span again",
    scope: "webhooks:write",
    integrations,
    params: HookParams,
    body: SiteReplayRequestSchema,
    success: { status: 202, description: "The replay has begun", data: SiteReplaySchema },
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body } }) => {
      const { from, to, status } = body;
      const row = await startReplay({ ctx, input: { ...hookOf(params), from, to: to ?? ctx.now + 1, status } });
      return { data: toHookReplay(newReplay(row)) };
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/webhooks/{hookId}/replays/{hookReplayId}",
    operationId: "getSiteWebhookReplay",
    tag,
    summary: "How far a replay has come",
    scope: "webhooks:read",
    integrations,
    params: HookReplayParams,
    success: { status: 200, description: "The replay", data: SiteReplaySchema },
    handle: async ({ ctx, input }) => ({
      data: toHookReplay(await findReplay({ ctx, input: replayOf(input.params) })),
    }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/webhooks/{hookId}/replays",
    operationId: "listSiteWebhookReplays",
    tag,
    summary: "List a webhook's replays",
    description: "Of the last 30 days. What became of the deliveries of one, it tells itself.",
    scope: "webhooks:read",
    integrations,
    params: HookParams,
    query: ListHookReplaysQuery,
    success: { status: 200, description: "A page of replays", data: ListedSiteReplaySchema, list: true },
    handle: async ({ ctx, input }) => ({ page: await listHookReplays(ctx, hookOf(input.params), input.query) }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/webhooks/{hookId}/replays/{hookReplayId}/cancel",
    operationId: "cancelSiteWebhookReplay",
    tag,
    summary: "Cancel a replay that is under way",
    description:
      "Nothing more is queued, and what is queued is not sent; another replay can send it. One that is over answers 409.",
    scope: "webhooks:write",
    integrations,
    params: HookReplayParams,
    success: { status: 200, description: "The cancelled replay", data: SiteReplaySchema },
    errors: ["conflict"],
    handle: async ({ ctx, input }) => ({
      data: toHookReplay(await cancelReplay({ ctx, input: replayOf(input.params) })),
    }),
  }),
];
