import { env } from "cloudflare:workers";
import type { Env } from "../../../src/env.ts";
import { advanceReplays } from "../../../src/webhooks/service/replay.ts";
import { callWith } from "../../support/counting.ts";
import { type Hook, keptScheduler, type World } from "./world.ts";

export const iso = (ms: number) => new Date(ms).toISOString();

/** Switches an endpoint on or off. */
export const turn = (world: World, { id }: Hook, is_active: boolean, more: object = {}) =>
  world.platform.patch(`/webhooks/${id}`, { is_active, ...more });

/** Starts a replay; going on with it is left to the test. */
export async function start(world: World, hook: Hook, body: object, bindings: Env = env) {
  const { SCHEDULER_OBJECT, wakes } = keptScheduler();
  const path = `/api/v1/webhooks/${hook.id}/replay`;
  return {
    ...(await callWith({ ...bindings, SCHEDULER_OBJECT }, "POST", path, { headers: world.headers, body })),
    wakes,
  };
}

/** Goes on with the replays of a workspace, as its scheduler does. */
export const advance = ({ clock, workspace, environment }: World, bindings: Env = env) =>
  advanceReplays(bindings, clock.time, { workspaceId: workspace.id, environment });

export const progress = async (world: World, hook: Hook, id: number) =>
  (await world.platform.get(`/webhooks/${hook.id}/replays/${id}`)).body.data;
