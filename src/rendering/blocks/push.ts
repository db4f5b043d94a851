import { newsletter } from "../newsletter/block.ts";
import { optIn } from "../push/opt-in.ts";
import type { RenderBlock } from "./kit.ts";

/** What asks visitors whether they want to hear of what is new. */
export const pushBlocks: Record<string, RenderBlock> = { PushOptInButton: optIn, NewsletterSection: newsletter };
