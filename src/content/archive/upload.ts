/** All parts of an upload in several but the last have the same size, and at least 5 MiB (docs/platform.md). */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Writes a stream of unknown length into the bucket, holding one part of it. Nothing is there until all of it is, and a
 * stream that breaks leaves nothing behind.
 */
export async function putStream(
  bucket: R2Bucket,
  key: string,
  stream: ReadableStream<Uint8Array>,
  options: R2MultipartOptions = {},
): Promise<number> {
  const upload = await bucket.createMultipartUpload(key, options);
  const parts: R2UploadedPart[] = [];
  const held = new Uint8Array(PART_BYTES);
  let filled = 0;
  let size = 0;
  const flush = async () => {
    parts.push(await upload.uploadPart(parts.length + 1, held.slice(0, filled)));
    filled = 0;
  };
  try {
    for await (const chunk of stream) {
      for (let at = 0; at < chunk.byteLength; ) {
        const piece = chunk.subarray(at, at + PART_BYTES - filled);
        held.set(piece, filled);
        filled += piece.byteLength;
        at += piece.byteLength;
        if (filled === PART_BYTES) await flush();
      }
      size += chunk.byteLength;
    }
    if (filled > 0 || parts.length === 0) await flush();
    await upload.complete(parts);
    return size;
  } catch (error) {
    await upload.abort().catch(() => {});
    throw error;
  }
}
