import { conflict } from "../../core/errors.ts";
import { brokeOff, putExactly } from "../../core/storage/put-exactly.ts";
import type { Env } from "../../env.ts";
import { originalKey } from "./bucket.ts";
import { SNIFFED_BYTES, sniff } from "./sniff.ts";
import type { ContentType } from "./types.ts";

/** Bytes on their way: what has been read of them, and the rest. */
interface Opened {
  head: Uint8Array;
  rest: ReadableStream<Uint8Array>;
}

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
      const key = originalKey(siteId, mediaId);
      const object = await putExactly(env.MEDIA, key, { head, rest, size }, { httpMetadata: { contentType } });
      if (object === null) throw conflict("file", "This upload has been used.");
    },
  };
}
