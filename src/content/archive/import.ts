import { invalid } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { applyPart } from "./apply.ts";
import { rangedObject, reached } from "./bucket.ts";
import { targetSite } from "./place.ts";
import { plan, readPiece } from "./read.ts";
import { archiveSource } from "./sources/archive.ts";
import { markdownSource } from "./sources/markdown.ts";
import { wxrSource } from "./sources/wxr.ts";
import type { Source } from "./sources/source.ts";
import { settlePages } from "./settle.ts";
import type { ImportState, Work } from "./state.ts";

/** What an import takes its records from. */
export const SOURCES = ["archive", "wxr", "markdown"] as const;
export type SourceName = (typeof SOURCES)[number];

/** Opens a file that was uploaded or exported. */
export async function openSource(
  { env }: Ctx,
  { name, key, siteId }: { name: SourceName; key: string; siteId: string | null },
): Promise<Source> {
  const bytes = await rangedObject(env, key);
  if (!bytes) throw invalid("archive", "is not there any more");
  if (name === "archive" || siteId === null) return archiveSource(bytes);
  if (name === "markdown") return markdownSource(siteId, bytes);
  return wxrSource(siteId, async () => {
    const object = await reached(() => env.PUBLISHED.get(key));
    if (!object) throw invalid("archive", "is not there any more");
    return object.body;
  });
}

/**
 * Takes an import one step further; answers whether that was the last. What it writes is there before its job says so:
 * done again from the state before, it finds it.
 */
export async function importStep(
  ctx: Ctx,
  work: Work,
  open: () => Promise<Source>,
  state: ImportState,
): Promise<boolean> {
  switch (state.phase) {
    case "read": {
      if (work.siteId !== null && !state.sites[work.siteId])
        state.sites[work.siteId] = await targetSite(ctx, work.siteId);
      const source = await open();
      if (state.piece < source.pieces) await readPiece(ctx, work, source, state);
      if (state.piece >= source.pieces) state.phase = "plan";
      return false;
    }
    case "plan":
      await plan(ctx, work, state);
      state.phase = "apply";
      return work.dryRun;
    case "apply":
      if (!(await applyPart(ctx, work, open, state))) state.phase = "settle";
      return false;
    case "settle":
      await settlePages(ctx, [...new Set(Object.values(state.sites).map(({ to }) => to))]);
      return true;
    default:
      throw new Error(`An import has no phase ${state.phase}`);
  }
}

/** How far an import is, 0 to 100, and in words. */
export function progressOf({ phase, parts, stored, piece }: ImportState): { progress: number; step: string } {
  switch (phase) {
    case "apply":
      return { progress: 30 + (65 * stored) / Math.max(1, parts), step: "Storing records" };
    case "settle":
      return { progress: 97, step: "Setting references right" };
    default:
      return { progress: Math.min(28, 1 + piece), step: "Reading and checking records" };
  }
}
