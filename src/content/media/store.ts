import { conflict, DomainError, unavailable } from "../../core/errors.ts";
import type { Env } from "../../env.ts";
import { originalKey } from "./bucket.ts";
import { SNIFFED_BYTES, sniff } from "./sniff.ts";
import type { ContentType } from "./types.ts";

/** Bytes on their way: what has been read of them, and the rest. */
interface Opened {
  head: Uint8Array;
  rest: ReadableStream<Uint8Array>;
}

/** The sender went away, or has sent other than it said. */
const brokeOff = (size: number, cause: unknown): DomainError =>
  Object.assign(
    new DomainError("bad_request", `The file broke off, or is not of the ${size} bytes that were announced.`, {
      reason: "body_interrupted",
    }),
    { sender: cause },
  );

/** Reads as much as tells what it is. */
async function open(body: ReadableStream<Uint8Array>): Promise<Opened> {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < SNIFFED_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.byteLength;
  }
  reader.releaseLock();
  const head = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    head.set(part, offset);
    offset += part.byteLength;
  }
  return { head, rest: body };
}

/** What is sent, and what it is to be. */
export interface Incoming {
  body: ReadableStream<Uint8Array>;
  /** Bytes, exactly. */
  size: number;
  /** The content type somebody has named. */
  declared: string;
  /** What a refusal of the bytes names. */
  field: string;
}

export interface Arrived {
  contentType: ContentType;
  head: Uint8Array;
  /** Puts it into the bucket; nothing is there unless all of it has come. */
  put(env: Env, at: { siteId: string; mediaId: string }): Promise<void>;
}

/** Looks at the beginning of what is sent. Throws what is wrong with it before anything is kept. */
export async function receive({ body, size, declared, field }: Incoming): Promise<Arrived> {
  let opened: Opened;
  try {
    opened = await open(body);
  } catch (error) {
    throw brokeOff(size, error);
  }
  const { head, rest } = opened;
  const contentType = await sniff(head.subarray(0, SNIFFED_BYTES), declared, field);
  return {
    contentType,
    head,
    async put(env, { siteId, mediaId }) {
      // The bucket wants to know how much is coming; what is more or less than that is an error of the stream.
      const fixed = new FixedLengthStream(size);
      const over = new AbortController();
      const sending = failureOf(pour(head, rest, fixed.writable, over.signal));
      let object: R2Object | null = null;
      const putting = await failureOf(
        env.MEDIA.put(originalKey(siteId, mediaId), fixed.readable, {
          httpMetadata: { contentType },
          // One upload makes one file: whoever comes second to the same address overwrites nothing.
          onlyIf: new Headers({ "If-None-Match": "*" }),
        }).then((it) => {
          object = it;
        }),
      );
      // Nobody reads any more, should there be something left to write.
      over.abort();
      if (putting) {
        const sent = await sending;
        const isSenders = [putting, sent].some(isOfLength) || (await hasFailed(rest));
        throw isSenders ? brokeOff(size, putting.error) : Object.assign(unavailable(), { cause: putting.error });
      }
      if (object === null) throw conflict("file", "This upload has been used.");
    },
  };
}

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
