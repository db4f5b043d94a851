import type { Ctx } from "../../core/work/context.ts";
import type { EventType } from "../../core/events/catalogue.ts";
import { newId } from "../../core/ids.ts";
import { bodyOf } from "../message.ts";
import { type Outcome, post } from "../post.ts";
import { sampleOf } from "../samples.ts";
import { secretsOf } from "../sealed.ts";
import { allowsLoopback } from "../target.ts";
import { type EndpointId, findEndpoint } from "./find.ts";

/** A caller waits for a test, so its receiver gets more time than a delivery's (document 002). */
const TIMEOUT_MS = 30_000;

/**
 * Posts one signed event to the endpoint and says what came of it. It is no delivery: nothing is counted, logged or
 * tried again, and an endpoint that is switched off can be tested before it is activated.
 */
export async function testEndpoint({
  ctx,
  input: { event, ...named },
}: {
  ctx: Ctx;
  input: EndpointId & { event?: EventType | undefined };
}): Promise<Outcome> {
  const endpoint = await findEndpoint(ctx, named);
  const type = event ?? "webhook.test";
  const { workspaceId, environment } = ctx.caller;
  const id = newId("evt", ctx.now);
  const row = { id, type, createdAt: ctx.now, workspaceId, siteId: endpoint.siteId, environment, data: sampleOf(type) };
  const message = {
    url: endpoint.url,
    id,
    attempt: 1,
    body: bodyOf(row, null),
    secrets: await secretsOf(ctx.env, endpoint, ctx.now),
  };
  return post(message, { timeoutMs: TIMEOUT_MS, allowLoopback: allowsLoopback(ctx.env) });
}
