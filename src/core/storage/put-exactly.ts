import { DomainError, unavailable } from "../errors.ts";

/** The sender went away, or has sent other than it said. */
export const brokeOff = (size: number, cause: unknown): DomainError =>
  Object.assign(
    new DomainError("bad_request", `The file broke off, or is not of the ${size} bytes that were announced.`, {
      reason: "body_interrupted",
    }),
    { sender: cause },
  );

interface Failure {
  error: unknown;
}

/** What has failed, once it is over; `null` for nothing. */
const failureOf = (work: Promise<unknown>): Promise<Failure | null> =>
  work.then(
    () => null,
    (error: unknown) => ({ error }),
  );

/** Whether more or less has come than was announced. */
const isOfLength = (failure: Failure | null): boolean => String(failure?.error).includes("FixedLengthStream");

/** Whether the sender went away: a stream that failed says so for good, one that we give up does not. */
const hasFailed = async (rest: ReadableStream<Uint8Array>): Promise<boolean> =>
  (await failureOf(rest.cancel())) !== null;

/** Writes all there is, until it is `over`. */
async function pour(
  head: Uint8Array,
  rest: ReadableStream<Uint8Array>,
  into: WritableStream<Uint8Array>,
  over: AbortSignal,
): Promise<void> {
  const writer = into.getWriter();
  over.addEventListener("abort", () => void failureOf(writer.abort(over.reason)));
  try {
    await writer.write(head);
  } finally {
    writer.releaseLock();
  }
  await rest.pipeTo(into, { signal: over });
}

/** A file on its way: what has been read of it, the rest, and how many bytes both have. */
export interface Arriving {
  head?: Uint8Array;
  rest: ReadableStream<Uint8Array>;
  size: number;
}

/**
 * Puts a file into a bucket; nothing is there unless all of it has come. `null` when there is something already: one
 * upload makes one file, and whoever comes second overwrites nothing. Throws `bad_request` for what the sender has done
 * wrong, `unavailable` when the bucket has failed.
 */
export async function putExactly(
  bucket: R2Bucket,
  key: string,
  { head = new Uint8Array(), rest, size }: Arriving,
  options: R2PutOptions = {},
): Promise<R2Object | null> {
  // The bucket wants to know how much is coming; what is more or less than that is an error of the stream.
  const fixed = new FixedLengthStream(size);
  const over = new AbortController();
  const sending = failureOf(pour(head, rest, fixed.writable, over.signal));
  let object: R2Object | null = null;
  const onlyIf = new Headers({ "If-None-Match": "*" });
  const putting = await failureOf(
    bucket.put(key, fixed.readable, { ...options, onlyIf }).then((it) => {
      object = it;
    }),
  );
  // Nobody reads any more, should there be something left to write.
  over.abort();
  if (!putting) return object;
  const sent = await sending;
  const isSenders = [putting, sent].some(isOfLength) || (await hasFailed(rest));
  throw isSenders ? brokeOff(size, putting.error) : Object.assign(unavailable(), { cause: putting.error });
}
