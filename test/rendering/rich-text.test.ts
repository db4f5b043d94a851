import { describe, expect, it } from "vitest";
import { richText } from "../../src/rendering/text/rich-text.ts";

describe("rich text", () => {
  it("rich text is plain text when what is taken out would leave a tag too long to sanitise", () => {
    const joined = `<a ${"x".repeat(600)}<script></script>${"y".repeat(600)} href="https://example.com/">Link</a>`;
    expect(String(richText(joined))).toMatch(/^<p>&lt;a x+&lt;script&gt;/);
  });
});
