import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../core/work/context.ts";
import type { Scope } from "../../core/keys/scopes.ts";
import type { JobKindName, JobRow } from "./table.ts";

/** What a step finds: the job as its last commit left it. */
export interface StepInput<Input, State> {
  job: JobRow;
  input: Input;
  /** `null` in the first step. */
  state: State | null;
}

/** What a step comes to: the state that the next one goes on from, or what the job was for. */
export type Advance<State, Result> =
  | {
      state: State;
      /** 0 to 100. */
      progress: number;
      /** What it does next, in words. */
      step: string;
      /** When the next step may begin; at once when left out. Milliseconds since the epoch. */
      notBefore?: number;
    }
  | { result: Result };

export interface JobKind<Input = unknown, State = unknown, Result = unknown> {
  name: JobKindName;
  /** What a key needs to see such jobs and to cancel them. */
  scope: Scope;
  /** Whether keys of access type `integrations` may see them. */
  integrations?: boolean;
  input: z.ZodType<Input>;
  /** Longer than any step takes, milliseconds: the work of one who died waits that long. */
  leaseMs: number;
  /**
   * Does a part of the work. What it stages in `ctx.unit` is committed together with what it answers, and only while the
   * job is still its own: killed anywhere, a step is done again from the state before it. What it does beside the unit
   * of work must bear being done twice. Throws a `DomainError` to end the job as failed, `unavailable` to be tried again.
   */
  step(ctx: Ctx, at: StepInput<Input, State>): Promise<Advance<State, Result>>;
  /** Once it has ended, however it did: what is to be settled or cleared away. Repeated until it does not throw. */
  afterwards?(ctx: Ctx, job: JobRow): Promise<void>;
}

/** A kind of job that others carry out and keep the rows of: shown and cancelled like any. */
export interface MirroredKind extends Pick<JobKind, "name" | "scope" | "integrations"> {
  /** Stages that the work is called off. */
  cancel(ctx: Ctx, job: JobRow): Promise<void>;
}

export type AnyKind = JobKind | MirroredKind;

/** Keeps the types of its parts together while the kind is handed on as data. */
export const defineJob = <Input, State, Result>(kind: JobKind<Input, State, Result>): JobKind<Input, State, Result> =>
  kind;

let kinds: ReadonlyMap<string, AnyKind> = new Map();

/** Names every kind of job there is; the composition root calls this once (`src/jobs.ts`). */
export function registerJobs(...all: readonly unknown[]): void {
  kinds = new Map((all as AnyKind[]).map((kind) => [kind.name, kind]));
}

/** The kinds there are. */
export const jobKinds = (): readonly AnyKind[] => [...kinds.values()];

/** The kind of a job; `null` for one that there is no longer. */
export const findKind = (name: string): AnyKind | null => kinds.get(name) ?? null;

/** Whether jobs of this kind are ours to carry out. */
export const isOurs = (kind: AnyKind): kind is JobKind => "step" in kind;
