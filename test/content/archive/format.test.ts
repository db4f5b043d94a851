import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idFrom, mappedId, rewritten } from "../../../src/content/archive/ids.ts";
import { jsonLines, linesOf } from "../../../src/content/archive/lines.ts";
import { putStream } from "../../../src/content/archive/upload.ts";
import { openZip, zipLibrary, type Ranged } from "../../../src/content/archive/zip.ts";
import { newId } from "../../../src/core/ids.ts";

const encoder = new TextEncoder();

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const ranged = (bytes: Uint8Array): Ranged => ({
  size: bytes.byteLength,
  range: async (offset, length) => bytes.slice(offset, offset + length),
});

async function zipOf(files: Record<string, string>): Promise<Uint8Array> {
  const { ZipWriter, Uint8ArrayWriter, TextReader } = await zipLibrary();
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, text] of Object.entries(files)) await writer.add(path, new TextReader(text));
  return writer.close();
}

const chunked = (bytes: Uint8Array, size: number): ReadableStream<Uint8Array> => {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.byteLength) controller.close();
      else controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
};

describe("ids of an import", () => {
  const id = fc.constantFrom("page", "prod", "media", "site").map((prefix) => newId(prefix, 1_700_000_000_000));

  it("are the same for the same place and old id, others for another place, and tell the same time", async () => {
    const old = newId("page", 1_700_000_000_000);
    const mapped = await mappedId("7:live", old);
    expect(mapped).toMatch(/^page_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(mapped.slice(0, 15)).toBe(old.slice(0, 15));
    expect(await mappedId("7:live", old)).toBe(mapped);
    expect(await mappedId("7:sandbox", old)).not.toBe(mapped);
  });

  it("replace every known id of a line and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(id, { maxLength: 5 }),
        fc.array(id, { maxLength: 5 }),
        fc.string(),
        async (known, other, text) => {
          const record = { ids: known, others: other, text: `${text} ${known.map((it) => `/v1/x/${it}?a`).join(" ")}` };
          const result = JSON.parse(
            await rewritten(JSON.stringify(record), "p", { isKnown: (it) => known.includes(it) }),
          );
          const mapped = await Promise.all(known.map((it) => mappedId("p", it)));
          expect(result.ids).toEqual(mapped);
          expect(result.others).toEqual(other);
          expect(result.text).toBe(`${text} ${mapped.map((it) => `/v1/x/${it}?a`).join(" ")}`);
        },
      ),
    );
  });

  it("turn the address of a known medium into a path, and leave that of an unknown one", async () => {
    const [known, unknown] = [newId("media", 1), newId("media", 2)];
    const record = {
      a: `<img src="https://old.example/media/${known}/x.jpg">`,
      b: `https://old.example/media/${unknown}/x.jpg`,
    };
    const result = JSON.parse(await rewritten(JSON.stringify(record), "p", { isKnown: (it) => it === known }));
    expect(result.a).toBe(`<img src="/media/${await mappedId("p", known)}/x.jpg">`);
    expect(result.b).toBe(record.b);
  });

  it("can be made of what tells a thing apart elsewhere", async () => {
    expect(await idFrom("page", "posts/a.md")).toMatch(/^page_0{10}[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(await idFrom("page", "posts/a.md")).not.toBe(await idFrom("page", "posts/b.md"));
  });
});

describe("lines of an archive", () => {
  it("come back whole however the stream is cut", async () => {
    const record = fc.record({ text: fc.string({ unit: "grapheme" }), n: fc.integer() });
    await fc.assert(
      fc.asyncProperty(fc.array(record), fc.integer({ min: 1, max: 50 }), async (records, size) => {
        const stream = chunked(encoder.encode(jsonLines(records)), size);
        const read = (await all(linesOf(stream))).map((line) => JSON.parse(line));
        expect(read).toEqual(JSON.parse(JSON.stringify(records)));
      }),
    );
  });

  it("are refused when they are not UTF-8", async () => {
    await expect(all(linesOf(chunked(new Uint8Array([0x7b, 0xff]), 9)))).rejects.toThrow(/UTF-8/);
  });
});

describe("a ZIP", () => {
  it("is read file by file", async () => {
    const files = await openZip(ranged(await zipOf({ "manifest.json": "{}", "pages/0001.jsonl": "a\nb\n" })));
    expect(files.map(({ path }) => path)).toEqual(["manifest.json", "pages/0001.jsonl"]);
    expect(await new Response(files[1]?.read()).text()).toBe("a\nb\n");
  });

  it("is refused with a name that leads out of it", async () => {
    for (const path of ["../etc/passwd", "a/../../b", "/etc/passwd", "C:/x", "a\\..\\b"]) {
      await expect(openZip(ranged(await zipOf({ [path]: "x" }))), path).rejects.toThrow(/leads out/);
    }
  });

  it("is refused when it is a bomb", async () => {
    const bomb = await zipOf({ "pages/0001.jsonl": "0".repeat(20_000_000) });
    expect(bomb.byteLength).toBeLessThan(25_000);
    await expect(openZip(ranged(bomb))).rejects.toThrow(/far more/);
  });

  it("is refused when it is none, or damaged", async () => {
    await expect(openZip(ranged(encoder.encode("PK but not really a ZIP at all")))).rejects.toThrow(/not a ZIP/);
    const whole = await zipOf({ "pages/0001.jsonl": "line\n".repeat(1_000) });
    whole.set([1, 2, 3, 4], 60);
    const read = async () => {
      for (const file of await openZip(ranged(whole))) await new Response(file.read()).text();
    };
    await expect(read()).rejects.toThrow();
  });
});

describe("an upload in parts", () => {
  it("is there with all its bytes, and not at all when its stream breaks", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(65_536));
    const many = (count: number, fails: boolean) => {
      let n = 0;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          n += 1;
          if (n <= count) controller.enqueue(bytes);
          else if (fails) controller.error(new Error("broke off"));
          else controller.close();
        },
      });
    };
    expect(await putStream(env.PUBLISHED, "archives/test/whole", many(200, false))).toBe(200 * 65_536);
    expect((await env.PUBLISHED.head("archives/test/whole"))?.size).toBe(200 * 65_536);
    await expect(putStream(env.PUBLISHED, "archives/test/broken", many(200, true))).rejects.toThrow("broke off");
    expect(await env.PUBLISHED.head("archives/test/broken")).toBeNull();
  });
});
