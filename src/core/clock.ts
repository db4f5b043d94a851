let source: () => number = Date.now;

/** Milliseconds since the epoch. The only place the product reads the wall clock; engines take the time as an argument. */
export const now = (): number => source();

/** Replaces the clock of this isolate, for tests; returns a function that puts the previous one back. */
export function useClock(replacement: () => number): () => void {
  const previous = source;
  source = replacement;
  return () => {
    source = previous;
  };
}
