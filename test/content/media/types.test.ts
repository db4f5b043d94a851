import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { bytesOf, formOf, joined, png, uprightJpeg } from "../../support/pictures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

beforeEach(() => clock.advance(2_000));

const upload = (bytes: Uint8Array<ArrayBuffer>, type: string, name: string) =>
  at.site.post("/media", formOf(new Blob([bytes], { type }), name));

/** A ZIP archive of files that are stored as they are, as office programs write the first of theirs. */
function zip(...files: [name: string, content: string][]): Uint8Array<ArrayBuffer> {
  const parts = files.map(([name, content]) => {
    const header = new Uint8Array(30);
    const view = new DataView(header.buffer);
    view.setUint32(0, 0x504b0304);
    view.setUint16(4, 20, true);
    view.setUint32(18, content.length, true);
    view.setUint32(22, content.length, true);
    view.setUint16(26, name.length, true);
    return joined(header, bytesOf(name), bytesOf(content));
  });
  return joined(...parts);
}

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const CONTENTS = `<Types><Override PartName="/word/document.xml" ContentType="${WORD}.main+xml"/></Types>`;
const MP4 = joined(new Uint8Array([0, 0, 0, 24]), bytesOf("ftypmp42"), new Uint8Array(4), bytesOf("mp42isom"));

describe("what a file is", () => {
  it.each([
    ["application/pdf", bytesOf("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n"), "menu.pdf", "document"],
    ["video/mp4", MP4, "tour.mp4", "video"],
    ["text/csv", bytesOf("name;price\nRye;5.90\n"), "prices.csv", "document"],
    [WORD, zip(["[Content_Types].xml", CONTENTS]), "letter.docx", "document"],
    [
      "application/vnd.oasis.opendocument.text",
      zip(["mimetype", "application/vnd.oasis.opendocument.text"]),
      "a.odt",
      "document",
    ],
  ])("%s is known by its bytes", async (type, bytes, name, kind) => {
    const made = await upload(bytes, type, name);
    expect(made.status, made.text).toBe(201);
    expect(made.body.data).toMatchObject({ contentType: type, type: kind, filename: name, width: null, color: null });
  });

  it("is told by a name without an ending as well, and by no declaration at all", async () => {
    const made = await upload(await png(), "application/octet-stream", "picture");
    expect(made.body.data).toMatchObject({ contentType: "image/png", filename: "picture.png" });
    const path = await upload(await png(), "image/png", "C:\\pictures\\../shop.png");
    expect(path.body.data.filename).toBe("shop.png");
  });

  it("is no picture when nothing can be seen in it, and leaves nothing", async () => {
    const broken = (await png(40, 40)).slice(0, 60);
    const answer = await upload(broken, "image/png", "broken.png");
    expect([answer.status, Object.keys(answer.body.error.details.fields)]).toEqual([400, ["file"]]);
  });
});

describe("a picture", () => {
  it("has the sides it is shown with, however its camera was held", async () => {
    const made = await upload(uprightJpeg(), "image/jpeg", "upright.jpg");
    expect(made.body.data).toMatchObject({
      width: 16,
      height: 24,
      color: expect.stringMatching(/^#3[0-9a-f]6[0-9a-f]a/),
    });
  });

  it("keeps what is said of it", async () => {
    const made = (await upload(await png(), "image/png", "a.png")).body.data;
    const said = { alt: "A loaf", focalPoint: { x: 0.25, y: 1 }, folder: "Shop" };
    const changed = await at.site.patch(`/media/${made.id}`, said);
    expect(changed.body.data).toMatchObject({ ...said, version: 2 });
    for (const wrong of [{ focalPoint: { x: 2, y: 0 } }, { focalPoint: { x: 0 } }, { url: "/x" }, { alt: 1 }, {}]) {
      expect((await at.site.patch(`/media/${made.id}`, wrong)).status).toBe(400);
    }
  });
});

describe("a form", () => {
  it.each([
    ["no file", () => formOf(null)],
    ["a text in place of the file", () => formOf(null, "", { file: "text" })],
    ["an unknown field", () => formOf(new Blob(["text"], { type: "text/plain" }), "a.txt", { nonsense: "1" })],
  ])("with %s is refused", async (_, form) => {
    expect((await at.site.post("/media", form())).status).toBe(400);
  });

  it("of more than ten megabytes is too large, and of another kind no form", async () => {
    const large = new Blob([new Uint8Array(11_000_000).fill(97)], { type: "text/plain" });
    expect((await at.site.post("/media", formOf(large, "a.txt"))).status).toBe(413);
    expect((await at.site.post("/media", { file: "x" })).status).toBe(415);
    const broken = { headers: { "Content-Type": "multipart/form-data; boundary=x" }, body: "--y\r\n" };
    expect((await at.site.send("POST", "/media", broken)).status).toBe(400);
  });
});
