import { optIn } from "../push/opt-in.ts";
import type { RenderBlock } from "./kit.ts";

export const pushBlocks: Record<string, RenderBlock> = { PushOptInButton: optIn };
