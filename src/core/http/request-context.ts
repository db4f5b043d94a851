import type { Caller, Ctx } from "../work/context.ts";
import { invalid } from "../errors.ts";
import type { Idle } from "../events/fan-out.ts";
import { databaseOf } from "../storage/database.ts";
import { UnitOfWork } from "../work/unit-of-work.ts";
import { wakeIdle } from "../work/wake-idle.ts";
import type { Call, Exchange } from "./exchange.ts";

/** Two requests of one key with one Idempotency-Key are one call; callers without a key have no such name. */
const callIdOf = ({ keyId, requestId, idempotencyKey }: Exchange): string =>
  idempotencyKey === null || keyId === null ? requestId : `${keyId}:${idempotencyKey}`;

/** What a service verb receives of a request made by this caller. */
export function contextOf(exchange: Exchange, caller: Caller): Ctx {
  const { env, requestId, ip, now } = exchange;
  const db = databaseOf(env, caller.workspaceId);
  const wake = (idle: Idle) => exchange.waitUntil(wakeIdle(env, caller, idle));
  const unit = new UnitOfWork(db, { caller, now, ip, requestId, wake });
  return {
    ...{ env, db, caller, now, requestId, callId: callIdOf(exchange), ip, unit },
    // Few answers have an address in them: of all other requests it is not read.
    get origin() {
      return new URL(exchange.request.url).origin;
    },
  };
}

/** The context in the workspace the call is about. */
export async function contextIn({ exchange, surface }: Call, caller: Caller): Promise<Ctx> {
  const ctx = contextOf(exchange, caller);
  const header = exchange.request.headers.get("X-Workspace-ID");
  if (header === null) return ctx;
  if (!surface.selectWorkspace) {
    if (header.trim() === String(caller.workspaceId)) return ctx;
    throw invalid("X-Workspace-ID", "is not read here: this surface speaks of the key's own workspace only");
  }
  const selected = await surface.selectWorkspace(ctx, header);
  return selected === caller ? ctx : contextOf(exchange, selected);
}
