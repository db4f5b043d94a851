import { DomainError } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { ChannelName } from "./table.ts";

/** Refuses a channel that the caller's key is not made for: keys of access type `integrations` may be limited to some (document 003). */
export function requireChannel({ caller }: Ctx, channel: ChannelName): void {
  if (caller.kind !== "key" || caller.accessType !== "integrations") return;
  const { channels } = caller.policy;
  if (!channels || channels.length === 0 || channels.includes(channel)) return;
  const message = `This API key may not send by the channel ${channel}: it is limited to ${channels.join(", ")}.`;
  throw new DomainError("forbidden", message, { reason: "channel_not_allowed", channel });
}
