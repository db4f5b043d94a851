/** What some runs came to. */
export interface Figures {
  runs: number;
  runsWithoutFaults: number;
  commits: { answered: number; failed: number; carriedOutUnanswered: number };
  /** Committed events × endpoints subscribed to them. */
  deliveries: number;
  posts: number;
  lost: number;
  /** POSTs beyond those it takes: one, and one for each failure the endpoint answers with. */
  duplicates: number;
  wakes: { sent: number; dropped: number; repeated: number };
  /** Binding and fault → how often. */
  faults: Record<string, number>;
}

export const noFigures = (): Figures => ({
  runs: 0,
  runsWithoutFaults: 0,
  commits: { answered: 0, failed: 0, carriedOutUnanswered: 0 },
  deliveries: 0,
  posts: 0,
  lost: 0,
  duplicates: 0,
  wakes: { sent: 0, dropped: 0, repeated: 0 },
  faults: {},
});

export const faultsIn = ({ faults }: Figures): number => Object.values(faults).reduce((sum, n) => sum + n, 0);
