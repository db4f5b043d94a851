/** A picture is painted by saying which of its colours stands where; `x` and `y` run from 0 to 1. */
export interface Painting {
  width: number;
  height: number;
  /** `#rrggbb`, at most 256. */
  colors: readonly string[];
  at(x: number, y: number): number;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as PNG has it (PNG, annex D). */
const crc32 = (bytes: Uint8Array): number =>
  (bytes.reduce((crc, byte) => (CRC_TABLE[(crc ^ byte) & 255] as number) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** A chunk: its length, its name, what is in it, and the sum of both (PNG, 5.3). */
function chunk(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const INDEXED = [8, 3, 0, 0, 0];

const rgb = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** A painting as a PNG of indexed colours. */
export async function pngOf({ width, height, colors, at }: Painting): Promise<Blob> {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set(INDEXED, 8);
  // Each line begins with how it is filtered: not at all.
  const lines = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      lines[row * (width + 1) + column + 1] = at((column + 0.5) / width, (row + 0.5) / height);
    }
  }
  const deflated = new Blob([lines]).stream().pipeThrough(new CompressionStream("deflate"));
  const data = new Uint8Array(await new Response(deflated).arrayBuffer());
  const chunks = [
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(colors.flatMap(rgb))),
    chunk("IDAT", data),
    chunk("IEND", new Uint8Array()),
  ];
  return new Blob([SIGNATURE, ...chunks], { type: "image/png" });
}
