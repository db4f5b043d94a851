/** A picture for every address below `/media/`: what a site's own pictures would be. */
const PICTURE = (number) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6">
<rect width="8" height="6" fill="hsl(${(number * 47) % 360} 35% 78%)"/>
<path d="M0 6V4.4q2-1 4 0t4 0V6z" fill="hsl(${(number * 47) % 360} 30% 62%)"/>
<path d="M3 2.2h2q.5 2-.4 2.6H3.4Q2.5 4.2 3 2.2z" fill="hsl(${(number * 47 + 160) % 360} 30% 42%)"/></svg>`;

let visitors = 0;

/** Visitors are limited by address: each comes from one of its own. */
function nextAddress() {
  visitors += 1;
  return `198.18.${visitors >> 8}.${visitors & 255}`;
}

/**
 * Opens an address as a new visitor. `findings` fills with whatever must not happen while the page is shown: errors,
 * violations of its policy, requests to other hosts.
 */
export async function visit(
  browser,
  address,
  { width = 1280, scale = 1, scripts = true, userAgent, prepare = async () => {} } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height: width > 600 ? 800 : 844 },
    deviceScaleFactor: scale,
    isMobile: width <= 600,
    javaScriptEnabled: scripts,
    ...(userAgent && { userAgent }),
    extraHTTPHeaders: { "CF-Connecting-IP": nextAddress() },
    reducedMotion: "reduce",
  });
  const { origin } = new URL(address);
  const findings = [];
  await context.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || url.protocol === "data:") return route.fallback();
    findings.push(`asks another host: ${url}`);
    return route.abort();
  });
  await context.route(`${origin}/media/*`, (route) =>
    route.fulfill({ contentType: "image/svg+xml", body: PICTURE(Number.parseInt(route.request().url().at(-5), 10)) }),
  );
  await context.exposeBinding("__found", (_, finding) => findings.push(finding));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      globalThis.__found(`policy violated: ${event.effectiveDirective} ${event.blockedURI}`),
    );
  });
  const page = await context.newPage();
  await prepare(context, page, findings);
  page.on("pageerror", (error) => findings.push(`script fails: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    // Browsers complain of a page that is answered with 404 or 410, as it should be.
    const isStatus = text.startsWith("Failed to load resource") && message.location().url === address;
    if (["error", "warning"].includes(message.type()) && !isStatus) findings.push(`console: ${text}`);
  });
  const response = await page.goto(address, { waitUntil: "load" });
  return { page, response, findings, close: () => context.close() };
}
