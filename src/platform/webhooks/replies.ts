import { instant, instantOrNull } from "../../core/instant.ts";
import type { Outcome } from "../../webhooks/post.ts";
import type { ReplayState } from "../../webhooks/service/replay.ts";

/** The report of document 002. */
export const toReport = ({ isSuccess, status, durationMs, response, error }: Outcome) => ({
  success: isSuccess,
  status_code: status,
  ...(error !== null && { error }),
  response_time_ms: durationMs,
  response_body: response,
});

export const toReplay = ({ row, progress, delivered, failed }: ReplayState) => ({
  id: row.id,
  status: row.finishedAt === null ? ("running" as const) : ("finished" as const),
  filter: row.status,
  from: instant(row.fromAt),
  to: instant(row.toAt),
  progress,
  queued: row.queued,
  delivered,
  failed,
  created_at: instant(row.createdAt),
  finished_at: instantOrNull(row.finishedAt),
});
