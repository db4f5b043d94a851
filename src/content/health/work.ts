import type { Env } from "../../env.ts";
import { type WebhookBacklog, webhookBacklog } from "../../webhooks/service/backlog.ts";

/** What nobody is waiting for and somebody should look after. Times are milliseconds since the epoch. */
export interface BackgroundWork {
  webhooks: WebhookBacklog;
  /** When the minute's work last ran. */
  cron: { lastRunAt: number | null };
}

/** Messages sent and not taken off the queue yet. */
export interface QueueBacklog {
  messages: number;
  oldestAt: number | null;
}

/** The deliveries that are due and the cron, of which `lastRunAt` is known already; `null` when it cannot be told. */
export const backgroundWork = (env: Env, at: number, lastRunAt: number | null): Promise<BackgroundWork | null> =>
  webhookBacklog(env, at).then(
    (webhooks) => ({ webhooks, cron: { lastRunAt } }),
    () => null,
  );

const QUEUES = { webhooks: "WEBHOOKS", jobs: "JOBS", analytics: "ANALYTICS" } as const;

/** The backlog of each queue, as the platform tells it; `null` for one it does not tell. */
export async function queueBacklogs(env: Env): Promise<Record<string, QueueBacklog | null>> {
  const entries = Object.entries(QUEUES).map(async ([name, binding]) => {
    const metrics = await Promise.resolve()
      .then(() => env[binding].metrics())
      .catch(() => null);
    const oldestAt = metrics?.oldestMessageTimestamp?.getTime() || null;
    return [name, metrics && { messages: metrics.backlogCount, oldestAt }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
