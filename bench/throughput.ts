import { load, type Sample, type Target } from "./load.ts";

/** One thing measured on both sides. */
export interface Comparison {
  name: string;
  floor: Target;
  ours: Target;
}

export interface Side {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  /** Milliseconds of CPU per request over all rounds, where the system tells. */
  cpuMs: number | null;
}

export interface Outcome {
  name: string;
  floor: Side;
  ours: Side;
  /** Median over the rounds of ours / floor within one round. */
  ratio: number;
}

/** How often each side is loaded, and for how many seconds. */
export interface Rounds {
  rounds: number;
  seconds: number;
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

const quantile = (sorted: number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)] as number;

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

function sideOf(samples: Sample[]): Side {
  const latencies = samples.flatMap((it) => it.latencies).sort((a, b) => a - b);
  const cpu = samples.map((it) => it.cpuMs && it.cpuMs * it.latencies.length);
  return {
    requestsPerSecond: median(samples.map((it) => it.requestsPerSecond)),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuMs: cpu.some((it) => it === null) ? null : sum(cpu as number[]) / latencies.length,
  };
}

/**
 * Measures floors and ours in turn, the order changing with every round; a target of several comparisons is loaded once
 * in each. A ratio is taken within a round, where both had the same machine, and the median over the rounds counts: what
 * else runs there moves the figures, less so the ratio.
 */
export async function compare(comparisons: Comparison[], { rounds, seconds }: Rounds): Promise<Outcome[]> {
  const samples = new Map<Target, Sample[]>(
    comparisons.flatMap(({ floor, ours }) => [floor, ours]).map((it) => [it, []]),
  );
  for (let round = 0; round < rounds; round += 1) {
    const inOrder = [...samples];
    if (round % 2 === 1) inOrder.reverse();
    for (const [target, taken] of inOrder) taken.push(await load(target, seconds));
  }
  return comparisons.map(({ name, ...targets }) => {
    const [floor, ours] = [targets.floor, targets.ours].map((it) => samples.get(it)) as [Sample[], Sample[]];
    return {
      name,
      floor: sideOf(floor),
      ours: sideOf(ours),
      ratio: median(ours.map((it, round) => it.requestsPerSecond / (floor[round] as Sample).requestsPerSecond)),
    };
  });
}
