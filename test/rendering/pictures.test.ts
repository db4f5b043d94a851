import { describe, expect, it } from "vitest";
import {
  mediaIdIn,
  type Picture,
  PICTURE_WIDTHS,
  srcsetOf,
  variantsOf,
  variantUpTo,
} from "../../src/rendering/pictures.ts";

const ID = "med_01KAGW6PSZ0000000000000000";
const picture = (width: number | null, height: number | null): Picture => ({
  id: ID,
  version: 1,
  url: `/media/${ID}/loaf.jpg`,
  width,
  height,
  alt: "A loaf",
  color: "#aa7744",
  focalPoint: null,
});

describe("the sizes of a picture", () => {
  it("grow by half at most", () => {
    const steps = PICTURE_WIDTHS.slice(1).map((width, index) => width / (PICTURE_WIDTHS[index] as number));
    expect(Math.max(...steps)).toBeLessThanOrEqual(1.5);
  });

  it("end at the original's own width, whatever the list has", () => {
    expect(variantsOf(picture(800, 600)).at(-1)).toEqual({
      url: `/media/${ID}/loaf.jpg?w=960`,
      width: 800,
      height: 600,
    });
    expect(variantsOf(picture(6_000, 4_000)).at(-1)?.width).toBe(2_560);
    expect(variantsOf(picture(50, 50))).toEqual([{ url: `/media/${ID}/loaf.jpg?w=80`, width: 50, height: 50 }]);
  });

  it("keep its proportions", () => {
    for (const { width, height } of variantsOf(picture(3_000, 2_000))) expect(width / height).toBeCloseTo(1.5, 1);
  });

  it("are none where the original's is not known", () => {
    expect(srcsetOf(picture(null, null))).toBe("");
    expect(variantUpTo(picture(null, null), 1_280)).toBeNull();
  });

  it("are chosen by the width they may have", () => {
    expect(variantUpTo(picture(3_000, 2_000), 1_300)?.width).toBe(1_280);
    expect(variantUpTo(picture(3_000, 2_000), 10)?.width).toBe(80);
  });
});

describe("the address of an object of ours", () => {
  it("is known as a path and in full", () => {
    expect(mediaIdIn(`/media/${ID}/loaf.jpg`)).toBe(ID);
    expect(mediaIdIn(` https://cms.example/media/${ID}/loaf.jpg?w=640#top `)).toBe(ID);
    expect(mediaIdIn(`/media/${ID}`)).toBe(ID);
  });

  it("is no other", () => {
    for (const it of ["/media/cover.png", `/other/${ID}/loaf.jpg`, `/media/${ID}/a/b`, "https://", "", "loaf.jpg"])
      expect(mediaIdIn(it)).toBeNull();
  });
});
