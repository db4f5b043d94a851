import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { visit } from "./visitor.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    // Style and script are the site's own, and change with it.
    "require-sri": ["error", { target: "crossorigin" }],
    // Boxes of one name are how HTML sends several choices; the rule knows only names that end in brackets, as PHP's do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
  },
});

/** What the validator says of a document. */
export async function markupFindings(html) {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => `${ruleId} ${line}:${column} ${message}`),
  );
}

/** Violations of any impact that axe finds, in what is shown and in what opens. */
export async function accessibilityFindings(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${impact}) ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Whether anything is wider than the window. */
export async function layoutFindings(page) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return excess > 0 ? [`is ${excess} px wider than its window`] : [];
}

/** The first Tab comes to a link that skips to the content, and is seen there. */
async function keyboardFindings(page) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const { activeElement } = document;
    const { top, left, width, height } = activeElement.getBoundingClientRect();
    const isSeen = top >= 0 && left >= 0 && width > 0 && height > 0 && getComputedStyle(activeElement).outlineStyle;
    return { href: activeElement.getAttribute("href"), isSeen: isSeen !== false && isSeen !== "none" };
  });
  if (first.href !== "#content" || !first.isSeen) return [`first Tab comes to ${JSON.stringify(first)}`];
  await page.keyboard.press("Enter");
  const focused = await page.evaluate(() => document.activeElement.id);
  return focused === "content" ? [] : [`the first link skips to "${focused}"`];
}

/** For people to look at, in the folder `SCREENSHOTS` names. */
async function keepScreenshot(page, width) {
  const { SCREENSHOTS } = process.env;
  if (!SCREENSHOTS) return;
  await page.evaluate(() => {
    for (const image of document.images) image.loading = "eager";
    return Promise.allSettled(Array.from(document.images, (image) => image.decode()));
  });
  const name = new URL(page.url()).pathname.replace(/^\/s\/|\/$/g, "").replaceAll("/", "-");
  await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}.png`), fullPage: true });
}

/** Everything that is wrong with a page, on a wide window and on a telephone. */
export async function pageFindings(browser, address, { status = 200, prepare } = {}) {
  const all = [];
  for (const width of [1280, 390]) {
    const { page, response, findings, close } = await visit(browser, address, { width, prepare });
    if (response.status() !== status) findings.push(`answers ${response.status()}`);
    if (width === 1280) findings.push(...(await markupFindings(await response.text())));
    await keepScreenshot(page, width);
    findings.push(...(await layoutFindings(page)), ...(await keyboardFindings(page)));
    findings.push(...(await accessibilityFindings(page)));
    await close();
    all.push(...findings.map((finding) => `${address} at ${width} px: ${finding}`));
  }
  return all;
}
