import { describe, expect, it } from "vitest";
import { Album } from "../../src/rendering/album.ts";
import { renderDocument } from "../../src/rendering/document.ts";
import { Notes } from "../../src/rendering/notes.ts";
import { brandOf, iconLinks, sitePictures } from "../../src/rendering/page/site-pictures.ts";
import type { Picture } from "../../src/rendering/pictures.ts";
import { PICTURE_SOURCES, pictureAddress } from "../../src/rendering/text/address.ts";
import { cleanHtml } from "../../src/rendering/text/rich-text.ts";

const LOAF = "med_01KAGW6PSZ0000000000000001";
const OVEN = "med_01KAGW6PSZ0000000000000002";
const GONE = "med_01KAGW6PSZ0000000000000009";

const picture = (id: string, more: Partial<Picture> = {}): Picture => ({
  id,
  version: 3,
  url: `/media/${id}/x.jpg`,
  width: 1_200,
  height: 800,
  alt: "Said by its owner",
  color: "#aa7744",
  focalPoint: null,
  ...more,
});

const GIVEN = {
  pictures: new Map([
    [LOAF, picture(LOAF)],
    [OVEN, picture(OVEN, { width: 3_000, height: 1_000, color: null, focalPoint: { x: 0.2, y: 0.75 } })],
  ]),
};

const page = (blocks: object[], seo: object = {}) =>
  JSON.stringify({
    title: "Home",
    locale: "en",
    blocks,
    seo: { title: null, description: null, ogImage: null, noIndex: false, ...seo },
  });
const article = (content: string) =>
  JSON.stringify({
    id: "1",
    title: "News",
    slug: "news",
    locale: "en",
    excerpt: null,
    content,
    tags: [],
    updatedAt: "",
  });

const render = (blocks: object[], seo: object = {}) => {
  const notes = new Notes();
  const rendered = renderDocument("page", page(blocks, seo), notes, GIVEN);
  return { ...rendered, images: rendered.main.match(/<img [^>]*>/g) ?? [], notes };
};

const hero = (image: string) => ({ type: "HeroSection", props: { title: "Bread", image } });
const cards = (...images: string[]) => ({
  type: "FeatureCardsSection",
  props: { items: images.map((image) => ({ title: "x", image })) },
});

describe("pictures on a page", () => {
  it("pictures on a page of the site's own come in sizes, with their place kept and their colour", () => {
    const [image = ""] = render([hero(`/media/${LOAF}/x.jpg`)]).images;
    expect(image).toContain(` src="/media/${LOAF}/x.jpg?w=1280"`);
    expect(image).toContain(`/media/${LOAF}/x.jpg?w=480 480w`);
    expect(image).toContain(`/media/${LOAF}/x.jpg?w=1280 1200w"`);
    expect(image).toContain(' width="1200" height="800"');
    expect(image).toContain(' data-color="#aa7744"');
    expect(image).toContain(' alt="Said by its owner"');
    expect(image).toMatch(/ sizes="\(min-width:1320px\) calc\(406px\*1\.13\), /);
  });

  it("pictures on a page are known by their id, under whatever host and name they are written", () => {
    for (const written of [`https://cms.example/media/${LOAF}/old-name.jpg?w=80`, `/media/${LOAF}`]) {
      expect(render([hero(written)]).images[0]).toContain(`src="/media/${LOAF}/x.jpg?w=1280"`);
    }
  });

  it("pictures on a page wait until they are seen, but for the first, which comes before all else", () => {
    const { images } = render([
      cards(`/media/${LOAF}/x.jpg`, "https://img.example/a.png"),
      hero(`/media/${OVEN}/x.jpg`),
    ]);
    expect(images).toHaveLength(3);
    expect(images.map((it) => it.includes('fetchpriority="high"'))).toEqual([true, false, false]);
    expect(images.map((it) => it.includes('loading="lazy"'))).toEqual([false, true, true]);
  });

  it("pictures on a page that are cropped keep in sight what matters, and are wide enough for it", () => {
    const [image = ""] = render([cards(`/media/${OVEN}/x.jpg`)]).images;
    expect(image).toContain(' data-at="20% 75%"');
    expect(image).toContain("calc(378px*2)");
  });

  it("pictures on a page that lie elsewhere keep their place where their size is said", () => {
    const props = { src: "https://img.example/a.png", alt: "Chart", width: 640, height: 480 };
    const { images, notes } = render([{ type: "ImageSection", props }]);
    expect(images).toEqual([
      '<img src="https://img.example/a.png" alt="Chart" width="640" height="480" fetchpriority="high">',
    ]);
    expect(notes.all).toEqual([]);
  });

  it("pictures on a page that do not exist are left out and told, with their path", () => {
    const { images, notes, image } = render([hero(`/media/${GONE}/x.jpg`), cards("/media/cover.png")], {
      ogImage: `/media/${GONE}/x.jpg`,
    });
    expect(images).toEqual(['<img src="/media/cover.png" alt="" fetchpriority="high">']);
    expect(image).toBeNull();
    expect(notes.all.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "missing_image blocks[0].props.image",
      "missing_image blocks[1].props.items[0].image",
      "missing_image seo.ogImage",
    ]);
  });

  it("pictures on a page are kept with it, as they were when it was rendered", () => {
    const { notes } = render([hero(`/media/${LOAF}/x.jpg`), cards(`/media/${GONE}/x.jpg`)]);
    expect(notes.kept?.uses).toEqual([
      { id: LOAF, picture: picture(LOAF) },
      { id: GONE, picture: null },
    ]);
  });

  it("pictures on a page stand for it where it is shared, in a size of their own", () => {
    expect(render([], { ogImage: `/media/${LOAF}/x.jpg` })).toMatchObject({
      image: `/media/${LOAF}/x.jpg?w=1280`,
      imageSize: { width: 1_200, height: 800, alt: "Said by its owner" },
    });
    const content = `<p>x</p><img src="/media/${OVEN}/x.jpg">`;
    expect(renderDocument("post", article(content), new Notes(), GIVEN)).toMatchObject({
      image: `/media/${OVEN}/x.jpg?w=1280`,
      imageSize: { width: 1_280, height: 427 },
    });
  });
});

describe("pictures in rich text", () => {
  const clean = (source: string) => {
    const notes = new Notes();
    return { shown: cleanHtml(source, notes, "content", new Album(GIVEN.pictures, notes)), notes };
  };

  it("pictures in rich text keep their description and their size, in the proportions they have", () => {
    const { shown, notes } = clean(
      `<figure><img class="x" src="/media/${LOAF}/x.jpg" srcset="a 1x" sizes="9px" loading="eager" alt="Rye" width="300" height="999"><figcaption>Rye</figcaption></figure>`,
    );
    expect(shown).toContain('alt="Rye" width="300" height="200" srcset=');
    expect(shown).toContain('sizes="(min-width:840px) min(300px,756px), min(300px,calc(100vw - 40px))"');
    expect(notes.all).toEqual([{ code: "dropped_attribute", path: "content", what: "class" }]);
  });

  it("pictures in rich text are found in what holds several, and boxes of them are paragraphs", () => {
    const source = `<div><picture><source srcset="a.webp"><img src="https://img.example/a.jpg" alt=""></picture></div>`;
    const { shown, notes } = clean(source);
    expect(shown).toBe('<p><img src="https://img.example/a.jpg" alt="" fetchpriority="high"></p>');
    expect(notes.all).toEqual([]);
  });

  it("pictures in rich text that is cleaned again are the same", () => {
    const source = `<img src="/media/${LOAF}/x.jpg" width="90%"><p id=a><img id=b dir=rtl src="/media/${OVEN}/x.jpg" title='"x"'><img src="https://a.example/?a=1&copy=2">`;
    const once = clean(source).shown;
    expect(clean(once).shown).toBe(once);
    expect(once).toContain('title="&quot;x&quot;"');
    expect(once).toContain(' id="b" dir="rtl"');
  });

  it("pictures in rich text are told once, whatever is missing of them", () => {
    const { shown, notes } = clean(`<p>a</p><b><img src=" /media/${GONE}/x.jpg"><p>b</b>`);
    expect(shown).not.toContain("<img");
    expect(notes.all).toEqual([{ code: "missing_image", path: "content", what: `/media/${GONE}/x.jpg` }]);
  });
});

describe("the addresses a picture may have", () => {
  it.each(["/a.png", "https://img.example/a.png", " https://img.example/a b.png "])(
    "are let through: %s",
    (address) => {
      expect(pictureAddress(address)).not.toBeNull();
    },
  );

  it.each([
    "http://img.example/a.png",
    "//img.example/a.png",
    "/\\img.example/a.png",
    "data:image/png;base64,AA==",
    "blob:https://img.example/1",
    "javascript:alert(1)",
    "#a",
    "?a",
    "a.png",
    "mailto:a@b.example",
    "",
  ])("are no others: %s", (address) => {
    expect(pictureAddress(address)).toBeNull();
  });

  it("are those of the policy", () => {
    expect(PICTURE_SOURCES).toEqual(["'self'", "https:"]);
  });
});

describe("the pictures of a site", () => {
  const own = [picture(LOAF, { width: 400, height: 100 }), picture(OVEN, { width: 512, height: 512 })];

  it("the pictures of a site come in the size they are shown in", () => {
    const { logo, favicon } = sitePictures({ logo: `/media/${LOAF}/x.jpg`, favicon: `/media/${OVEN}/x.jpg` }, own);
    const brand = String(brandOf("Bakery", logo));
    expect(brand).toContain(`src="/media/${LOAF}/x.jpg?w=240"`);
    expect(brand).toMatch(/ sizes="180px" alt="Bakery" width="160" height="40">$/);
    const links = String(iconLinks(favicon, "/drawn.svg"));
    expect(links).toContain(`<link rel="icon" href="/media/${OVEN}/x.jpg?w=80">`);
    expect(links).toContain(`<link rel="apple-touch-icon" href="/media/${OVEN}/x.jpg?w=240">`);
  });

  it("the pictures of a site leave its name beside a logo that is no wordmark", () => {
    const { logo } = sitePictures({ logo: `/media/${OVEN}/x.jpg` }, own);
    expect(String(brandOf("Bakery", logo))).toMatch(/ alt="" width="40" height="40">Bakery$/);
  });

  it("the pictures of a site are none where they are gone", () => {
    expect(sitePictures({ logo: `/media/${GONE}/x.jpg`, favicon: 7, socialImage: " " }, own)).toEqual({
      logo: null,
      favicon: null,
      socialImage: null,
    });
  });
});
