import type { ChannelName } from "../table.ts";
import type { Channel } from "./channel.ts";
import { EMAIL } from "./email.ts";
import { WEB_PUSH } from "./web-push.ts";

/** How each channel reaches its subscribers. */
export const CHANNELS: Readonly<Record<ChannelName, Channel>> = { web_push: WEB_PUSH, email: EMAIL };
