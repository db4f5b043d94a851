import type { z } from "@hono/zod-openapi";
import { DomainError } from "../../../core/errors.ts";
import { RUNTIME } from "../../../core/runtime.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { type Advance, defineJob } from "../../jobs/kind.ts";
import type { JobRow } from "../../jobs/table.ts";
import { SendInput } from "./begin.ts";
import type { Channel } from "./channels/channel.ts";
import { CHANNELS } from "./channels/channels.ts";
import { claimNext, nextRetry } from "./claim.ts";
import { PUSH_EVENTS } from "./events.ts";
import { findCampaign } from "./find.ts";
import { stageRecipients } from "./look-up.ts";
import { recordTry } from "./record.ts";
import { CAMPAIGNS } from "./resource.ts";
import { sendTry } from "./send-try.ts";
import type { CampaignRow } from "./table.ts";

/** Where a campaign has got to: the last subscriber that was looked at; `null` once all of them were. */
interface State {
  after: string | null;
  /** Steps of sending that this invocation has done. */
  steps?: number;
}

interface Result {
  campaignId: string;
}

/** Nothing is begun later in a step: what is under way takes ten seconds, and all is to be recorded before the lease ends. */
const BEGIN_WITHIN_MS = 10_000;
const LEASE_MS = 60_000;
/** With fifty recipients to a try these are 800 messages: an invocation may make 1,000 calls of any kind. */
const TRIES_PER_STEP = 4;
const STEPS_AT_ONCE = 4;
/** A campaign that push services do not take for so long is old news. */
const MAX_AGE_MS = 2 * 86_400_000;

/** Stages the end of a campaign that has reached whom it could, and tells of it. */
async function finish(ctx: Ctx, campaign: CampaignRow): Promise<{ result: Result }> {
  const sent = await CAMPAIGNS.verbs.change(ctx, campaign, { status: "sent", finishedAt: ctx.now });
  ctx.unit.emit(PUSH_EVENTS.sent, CAMPAIGNS.verbs.show(ctx, sent) as never, sent.siteId);
  return { result: { campaignId: campaign.id } };
}

const progressOf = ({ recipients, queued }: CampaignRow): number =>
  recipients === 0 ? 0 : ((recipients - queued) / recipients) * 100;

/**
 * Sends to those who are next, as many as one step may; what became of them is written at once, whatever becomes of the
 * job. After a few steps another invocation goes on: each may make only so many calls.
 */
async function sendSome(ctx: Ctx, campaign: CampaignRow, job: JobRow, steps: number): Promise<Advance<State, Result>> {
  const channel = CHANNELS[campaign.channel];
  const { db } = ctx;
  const { now, uuid } = RUNTIME;
  const isLast = steps + 1 >= STEPS_AT_ONCE;
  const going = {
    ...{ state: { after: null, steps: isLast ? 0 : steps + 1 }, progress: progressOf(campaign), step: "Sending" },
    ...(isLast && { notBefore: now() + 1 }),
  };
  const until = now() + BEGIN_WITHIN_MS;
  let waysTo: Awaited<ReturnType<Channel["open"]>> | null = null;
  for (let tries = 0; tries < TRIES_PER_STEP && now() < until; tries += 1) {
    const claimed = await claimNext(db, campaign, job, { tryId: uuid(), now: now() });
    if (claimed.recipients.length === 0) return endOrWait(ctx, campaign, going);
    waysTo ??= await channel.open(ctx, campaign);
    const ways = await waysTo(claimed.recipients.map(({ id }) => id));
    const { settled, pauseUntil } = await sendTry(claimed, ways, RUNTIME, until);
    await recordTry(db, campaign, channel, { tryId: claimed.tryId, settled, now: now() });
    if (pauseUntil !== null) return { ...going, step: "Waiting for a push service", notBefore: pauseUntil };
  }
  return going;
}

/** What follows once nobody is next: some are to be tried again later, or all is done, or somebody has cancelled. */
async function endOrWait<Going extends object>(
  ctx: Ctx,
  { id }: CampaignRow,
  going: Going,
): Promise<(Going & { step: string; notBefore: number }) | { result: Result }> {
  const campaign = await findCampaign(ctx, id);
  if (campaign?.status !== "sending") return { result: { campaignId: id } };
  const next = await nextRetry(ctx.db, campaign);
  return next === null ? finish(ctx, campaign) : { ...going, step: "Waiting to try again", notBefore: next };
}

/** Sends a campaign: looks up whom it is for, then writes to them, a few at a time. */
export const CAMPAIGN_JOB = defineJob<z.output<typeof SendInput>, State, Result>({
  name: "campaign",
  scope: "push:write",
  integrations: true,
  input: SendInput,
  leaseMs: LEASE_MS,

  async step(ctx, { job, input, state }) {
    const campaign = await findCampaign(ctx, input.campaignId);
    if (campaign?.status !== "sending") return { result: input };
    if (ctx.now > (campaign.startedAt ?? ctx.now) + MAX_AGE_MS)
      throw new DomainError("conflict", "It could not be sent for two days.", { reason: "too_old" });
    if (state?.after === null) return sendSome(ctx, campaign, job, state.steps ?? 0);
    const after = await stageRecipients(ctx, campaign, CHANNELS[campaign.channel], state?.after ?? "");
    const step = after === null ? "Sending" : "Looking up whom it is for";
    return { state: { after }, progress: 0, step };
  },

  /** A job that was cancelled by itself, or has failed, takes its campaign along. */
  async afterwards(ctx, job) {
    const campaign = await findCampaign(ctx, SendInput.parse(job.input).campaignId);
    if (campaign?.status !== "sending") return;
    const status = job.status === "cancelled" ? "cancelled" : "failed";
    await CAMPAIGNS.verbs.change(ctx, campaign, { status, finishedAt: ctx.now });
  },
});
