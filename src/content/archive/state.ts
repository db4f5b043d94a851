import type { Destination, MappedSite } from "./place.ts";
import type { WritingState } from "./export.ts";
import { emptyReport, type Report } from "./report.ts";

/**
 * Where an import has got to. Everything is read and checked before anything is written: what cannot come is known by
 * then, and a reset empties the sandbox only once all that follows is at hand.
 */
export interface ImportState {
  phase: "write" | "read" | "plan" | "empty" | "apply" | "settle";
  /** Of a copy: how far it is written. */
  writing: WritingState | null;
  /** The next piece of the source to be read. */
  piece: number;
  /** The last part that was stored. */
  part: string | null;
  /** Parts that were read, and of these the stored ones. */
  parts: number;
  stored: number;
  /** Sites by the ids they have in the source. */
  sites: Record<string, MappedSite>;
  /** Pictures that could not be had, with the addresses their texts had; empty for files of the source itself. */
  lost: Record<string, string>;
  /** Of a reset: the sites that are being emptied. */
  emptied: string[];
  report: Report;
}

export const firstState = (phase: ImportState["phase"]): ImportState => ({
  phase,
  writing: null,
  piece: 0,
  part: null,
  parts: 0,
  stored: 0,
  sites: {},
  lost: {},
  emptied: [],
  report: emptyReport(),
});

/** An import as its steps see it. */
export interface Work extends Destination {
  jobId: string;
  /** Kinds that may be written; the others are told as left out. */
  kinds: readonly string[];
  dryRun: boolean;
  /** Whether nothing will be there when the records come: what is there now is in nobody's way. */
  isEmptied?: boolean;
}
