import { requireReadable } from "../../core/access/authorise.ts";
import { eventOf } from "../../core/events/catalogue.ts";
import type { Ctx } from "../../core/work/context.ts";
import { newId } from "../../core/ids.ts";
import type { Runtime } from "../../core/runtime.ts";
import { bodyOf } from "../message.ts";
import { type Outcome, post } from "../post.ts";
import { endpointContext, signingSecrets } from "../signing-secrets.ts";
import { allowsLoopback } from "../../core/target.ts";
import { type EndpointId, findEndpoint } from "./find.ts";

/** A caller waits for a test, so its receiver gets more time than a delivery's (document 002). */
const TIMEOUT_MS = 30_000;
/** What is sent when no event is named. Nobody can subscribe to it: it is never emitted. */
const PROBE = { type: "webhook.test", sample: { message: "This is a test of your webhook endpoint." } };

/**
 * Posts one signed event to the endpoint and says what came of it. It is no delivery: nothing is counted, logged or
 * tried again, and an endpoint that is switched off can be tested before it is activated.
 */
export async function testEndpoint({
  ctx,
  input: { event, ...named },
  runtime,
}: {
  ctx: Ctx;
  runtime: Runtime;
  input: EndpointId & { event?: string | undefined };
}): Promise<Outcome> {
  const endpoint = await findEndpoint(ctx, named);
  if (event !== undefined) requireReadable(ctx.caller, eventOf(event));
  const { type, sample } = event === undefined ? PROBE : eventOf(event);
  const { workspaceId, environment } = ctx.caller;
  const id = newId("evt", ctx.now);
  const row = {
    id,
    type,
    createdAt: ctx.now,
    workspaceId,
    siteId: endpoint.siteId,
    environment,
    data: JSON.stringify(sample),
  };
  const message = {
    url: endpoint.url,
    id,
    attempt: 1,
    body: bodyOf(row, null),
    secrets: await signingSecrets(ctx.env, endpointContext(endpoint.id), endpoint, ctx.now),
  };
  return post(message, { timeoutMs: TIMEOUT_MS, allowLoopback: allowsLoopback(ctx.env) }, runtime);
}
