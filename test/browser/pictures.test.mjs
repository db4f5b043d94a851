// Pictures on published pages: nothing moves when they come, and none is much larger than it is shown.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openChromium } from "./support/chromium.mjs";
import { heldBack, picturesOn, shiftsOn } from "./support/pictures.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

/** Windows by their width, and how many pixels of the screen are one of theirs. */
const WINDOWS = [
  { width: 1_280, scale: 1 },
  { width: 1_600, scale: 2 },
  { width: 800, scale: 1 },
  { width: 390, scale: 3 },
];

/** How many times wider than it is shown a picture may be. */
const MOST = 1.5;

describe("pictures on published pages", { concurrency: false, timeout: 600_000 }, () => {
  let websites;
  let chromium;
  let bakery;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
    bakery = `${websites.baseUrl}/s/blue-door-bakery/`;
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  /** A page of the demo with all its pictures loaded, and what its layout did meanwhile. */
  async function look(path, window, rewrite = (html) => html) {
    const prepare = (context) => heldBack(context, bakery + path, rewrite);
    const { page, findings, close } = await visit(chromium.browser, bakery + path, { ...window, prepare });
    const pictures = await picturesOn(page);
    const shifts = await shiftsOn(page);
    await close();
    return { pictures, shifts, findings };
  }

  for (const path of ["", "breads", "de/", "blog/the-oven-is-thirty-nine", "shop", "shop/products/linen-bread-bag"]) {
    it(`pictures on published pages move nothing and fit where they are shown: /${path}`, async () => {
      for (const window of WINDOWS) {
        const { pictures, shifts, findings } = await look(path, window);
        assert.ok(pictures.length > 0, `no picture at ${window.width} px`);
        assert.deepEqual(findings, []);
        assert.equal(shifts, 0, `layout shifts at ${window.width} px`);
        for (const { address, loaded, original, shown } of pictures) {
          assert.ok(loaded > 0, `${address} is not shown at ${window.width} px`);
          assert.ok(loaded <= MOST * shown, `${address}: ${loaded} px for ${shown} at ${window.width} px`);
          // Nor so small that it is blurred, where there is more.
          assert.ok(
            loaded >= Math.min(shown, 1_200, original) * 0.75,
            `${address}: ${loaded} px for ${shown} at ${window.width} px`,
          );
        }
      }
    });
  }

  it("pictures on published pages would be found out: without their size, what follows them moves", async () => {
    const sizeless = (html) => html.replaceAll(/(<img [^>]*?) width="\d+" height="\d+"/g, "$1");
    const { shifts } = await look("blog/the-oven-is-thirty-nine", WINDOWS[0], sizeless);
    assert.ok(shifts > 0);
  });
});
