import type { Slot } from "../text/slots.ts";
import { filledSlots, shownSlots } from "../text/slots.ts";
import type { Provider } from "../provider/provider.ts";
import { ask, type Meter, type Task } from "./ask.ts";
import { estimateTokens } from "./estimate.ts";
import { type RewritingTask, rewritingPrompt } from "./prompts.ts";

/** Texts asked for in one call: few enough to be answered well and in time. */
const CALL_SLOTS = 60;
const CALL_CHARACTERS = 4_000;
/** Calls made at once: a Worker has six connections. */
const CALLS_AT_ONCE = 4;

/** What a model is to do with texts, and what it is told besides. */
export interface Rewriting {
  task: RewritingTask;
  about: Record<string, string>;
}

function* parts(slots: readonly Slot[]): Iterable<Slot[]> {
  let part: Slot[] = [];
  let characters = 0;
  for (const slot of slots) {
    if (part.length > 0 && (part.length >= CALL_SLOTS || characters + slot.text.length > CALL_CHARACTERS)) {
      yield part;
      [part, characters] = [[], 0];
    }
    part.push(slot);
    characters += slot.text.length;
  }
  if (part.length > 0) yield part;
}

function taskOf(slots: readonly Slot[], { task, about }: Rewriting): Task<{ texts: Map<string, string> }> {
  const texts = shownSlots(slots);
  return {
    system: rewritingPrompt(task),
    payload: { task, ...about, texts },
    // Other scripts and other languages take more tokens for the same.
    maxTokens: 400 + 3 * estimateTokens(JSON.stringify(texts)),
    read: (answer) => filledSlots(slots, answer),
  };
}

const costOf = ({ system, payload, maxTokens }: Task<unknown>): number =>
  estimateTokens(system + JSON.stringify(payload)) + maxTokens;

/** Tokens that filling these slots takes at most, but for a model that needs to correct itself. */
export const fillingTokens = (slots: readonly Slot[], rewriting: Rewriting): number =>
  [...parts(slots)].reduce((sum, part) => sum + costOf(taskOf(part, rewriting)), 0);

/** Has a model fill slots anew; answers their texts by place. All of them, or it throws. */
export async function fillSlots(
  provider: Provider,
  meter: Meter,
  slots: readonly Slot[],
  rewriting: Rewriting,
): Promise<Map<string, string>> {
  const waiting = [...parts(slots)];
  const filled = new Map<string, string>();
  const work = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const { texts } = await ask(provider, taskOf(part, rewriting), meter);
      for (const [place, text] of texts) filled.set(place, text);
    }
  };
  const done = await Promise.allSettled(Array.from({ length: CALLS_AT_ONCE }, work));
  // All are waited for, so that the meter has what each of them took.
  for (const it of done) if (it.status === "rejected") throw it.reason;
  return filled;
}
