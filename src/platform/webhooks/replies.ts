import { instant, instantOrNull } from "../../core/instant.ts";
import type { Outcome } from "../../webhooks/post.ts";
import type { CountedReplay, ShownReplay } from "../../webhooks/service/replays.ts";

/** The report of document 002. */
export const toReport = ({ isSuccess, status, durationMs, response, error }: Outcome) => ({
  success: isSuccess,
  status_code: status,
  ...(error !== null && { error }),
  response_time_ms: durationMs,
  response_body: response,
});

export const toListedReplay = ({ row, state, progress }: ShownReplay) => ({
  id: row.id,
  status: state,
  filter: row.status,
  from: instant(row.fromAt),
  to: instant(row.toAt),
  progress,
  queued: row.queued,
  created_at: instant(row.createdAt),
  finished_at: instantOrNull(row.finishedAt),
  cancelled_at: instantOrNull(row.cancelledAt),
});

export const toReplay = ({ delivered, failed, ...replay }: CountedReplay) => ({
  ...toListedReplay(replay),
  delivered,
  failed,
});
