import type { Operations } from "./workers/counting.ts";

/** Dollars per million, beyond what a plan includes (Cloudflare's published prices). */
const PER_MILLION = {
  request: 0.3,
  cpuMillisecond: 0.02,
  objectRequest: 0.15,
  kvRead: 0.5,
  kvWrite: 5,
  /** Written, read and deleted. */
  queueMessage: 3 * 0.4,
  /** Class A and class B operations of R2. */
  bucketWrite: 4.5,
  bucketRead: 0.36,
  rowRead: 0.001,
  rowWritten: 1,
};

/** Dollars for a million requests of which each costs these operations on average and `cpuMs` of CPU. */
export function costPerMillion(operations: Operations, cpuMs: number): number {
  return (
    PER_MILLION.request +
    PER_MILLION.cpuMillisecond * cpuMs +
    PER_MILLION.objectRequest * (operations.objectCalls + operations.alarms) +
    PER_MILLION.kvRead * operations.kvReads +
    PER_MILLION.kvWrite * operations.kvWrites +
    PER_MILLION.queueMessage * operations.queueMessages +
    PER_MILLION.bucketWrite * operations.bucketWrites +
    PER_MILLION.bucketRead * operations.bucketReads +
    PER_MILLION.rowRead * (operations.rowsRead + operations.objectRowsRead) +
    PER_MILLION.rowWritten * (operations.rowsWritten + operations.objectRowsWritten)
  );
}
