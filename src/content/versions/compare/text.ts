type Diff = typeof import("diff");

/** A part of a text: whether its words are in both texts or in one of them only. */
export interface TextPart {
  change: "same" | "added" | "removed";
  text: string;
}

/** Edits of one text or list beyond which it counts as another one. */
const MAX_EDITS = 500;
/** Of words that stay, as many characters at either end as show where one is. */
const SHOWN = 100;

/**
 * Finds what differs, within bounds: what a comparison takes grows with the square of its edits, and those of one answer
 * share what there is.
 */
export class Differ {
  private steps = 2 * MAX_EDITS ** 2;

  private constructor(private readonly diff: Diff) {}

  static async load(): Promise<Differ> {
    return new Differ(await import("diff"));
  }

  private within<Part extends { added: boolean; removed: boolean; count: number }>(
    find: (bounds: { maxEditLength: number }) => Part[] | undefined,
  ): Part[] | undefined {
    const maxEditLength = Math.min(MAX_EDITS, Math.floor(Math.sqrt(this.steps)));
    const parts = find({ maxEditLength });
    const edits = parts?.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0);
    this.steps -= (edits ?? maxEditLength) ** 2;
    return parts;
  }

  /**
   * The parts of both texts, those of `before` and those of `after` each the whole text: word by word, sentence by
   * sentence where too many words differ, or one text and the other.
   */
  parts(before: string, after: string): TextPart[] {
    const parts =
      this.within((bounds) => this.diff.diffWordsWithSpace(before, after, bounds)) ??
      this.within((bounds) => this.diff.diffSentences(before, after, bounds));
    if (!parts)
      return [
        { change: "removed", text: before },
        { change: "added", text: after },
      ];
    return parts.map(({ added, removed, value }) => ({
      change: added ? "added" : removed ? "removed" : "same",
      text: value,
    }));
  }

  /** The places of the entries that both lists have in the same order, in pairs; `null` where the lists have little in common. */
  common(before: string[], after: string[]): [from: number, to: number][] | null {
    const parts = this.within((bounds) => this.diff.diffArrays(before, after, bounds));
    if (!parts) return null;
    const pairs: [number, number][] = [];
    let [from, to] = [0, 0];
    for (const { added, removed, count } of parts) {
      if (!added && !removed) for (let i = 0; i < count; i += 1) pairs.push([from + i, to + i]);
      if (!added) from += count;
      if (!removed) to += count;
    }
    return pairs;
  }
}

/** Parts to be read: of long stretches that stay, what is next to a change. */
export function shortened(parts: TextPart[]): TextPart[] {
  return parts.map((part, index) => {
    if (part.change !== "same" || part.text.length <= 3 * SHOWN) return part;
    const start = index === 0 ? "" : part.text.slice(0, SHOWN);
    const end = index === parts.length - 1 ? "" : part.text.slice(-SHOWN);
    return { ...part, text: `${start} … ${end}`.toWellFormed() };
  });
}
