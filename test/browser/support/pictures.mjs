/**
 * Holds the pictures of a page back until it has been shown without them, so that whatever moves when they come is seen to
 * move. `rewrite` changes the page itself.
 */
export async function heldBack(context, address, rewrite) {
  let release;
  const isShown = new Promise((resolve) => {
    release = resolve;
  });
  await context.exposeBinding("__shown", release);
  await context.addInitScript(() => {
    globalThis.__shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.__shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    document.addEventListener("DOMContentLoaded", () =>
      requestAnimationFrame(() => requestAnimationFrame(() => globalThis.__shown())),
    );
  });
  await context.route(/\/media\//, async (route) => {
    await isShown;
    return route.continue();
  });
  await context.route(address, async (route) => {
    const response = await route.fetch();
    return route.fulfill({ response, body: rewrite(await response.text()) });
  });
}

/**
 * Scrolls through a page until every picture is there; tells how wide each was loaded, and shown, in pixels of the screen,
 * and how wide the file is that it was made of: no picture is enlarged.
 */
export async function picturesOn(page) {
  return page.evaluate(async () => {
    const bitmapAt = async (address) => createImageBitmap(await (await fetch(address)).blob());
    const found = [];
    for (const image of document.images) {
      image.scrollIntoView({ block: "center" });
      await image.decode();
      const { width: loaded, height } = await bitmapAt(image.currentSrc);
      const { width: original } = await bitmapAt(image.currentSrc.split("?")[0]);
      const { clientWidth, clientHeight } = image;
      const scale = Math.max(clientWidth / loaded, clientHeight / height);
      const isCropped = getComputedStyle(image).objectFit === "cover";
      const shown = (isCropped ? loaded * scale : clientWidth) * devicePixelRatio;
      found.push({ address: image.currentSrc, loaded, original, shown: Math.round(shown) });
    }
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return found;
  });
}

/** All that has moved by itself so far; scrolling moves nothing. */
export const shiftsOn = (page) => page.evaluate(() => globalThis.__shifts);
