// Opting in to a website's notifications in a real browser, and one that is received. Chromium without a window reaches no
// push service and never shows a notification, so three calls of the browser are replaced: `PushManager.subscribe`,
// `Notification.permission` and, in the service worker, `showNotification`. The page, its script, the request for the
// permission, the service worker and what is kept of the subscription are real. DevTools hands it the pushed message.
import assert from "node:assert/strict";
import { createECDH, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { accessibilityFindings, layoutFindings, pageFindings } from "./support/checks.mjs";
import { openChromium } from "./support/chromium.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

const ENDPOINT = "https://push.example.com/send/browser-of-the-test";

/** What a browser is given by its push service. */
function subscription() {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  const [p256dh, auth] = [ecdh.getPublicKey(), randomBytes(16)].map((it) => it.toString("base64url"));
  return { endpoint: ENDPOINT, expirationTime: null, keys: { p256dh, auth } };
}

/** Stands for the push service: remembers for the page whether it has subscribed, as a browser does. */
const withPushService = (made) => async (context) => {
  await context.addInitScript((given) => {
    const KEY = "subscription-of-the-test";
    const own = () => ({
      ...given,
      toJSON: () => structuredClone(given),
      unsubscribe: async () => localStorage.removeItem(KEY) ?? true,
    });
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
      if (!userVisibleOnly || applicationServerKey.length !== 65) throw new TypeError("No such subscription");
      localStorage.setItem(KEY, "yes");
      return own();
    };
    // Without a window Chromium calls notifications denied, also where they are granted.
    Object.defineProperty(Notification, "permission", { get: () => "default" });
    PushManager.prototype.getSubscription = async () => (localStorage.getItem(KEY) ? own() : null);
  }, made);
};

const PROPS = { heading: "Hear of fresh bread", text: "One note a week, no more.", topics: ["news"] };

describe("notifications of a website", { concurrency: false, timeout: 600_000 }, () => {
  let websites;
  let chromium;
  let siteId;
  let address;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
    const site = await websites.ask("POST", "/v1/sites", { name: "Notes", locale: "en", locales: ["en"] });
    siteId = site.id;
    const blocks = [{ type: "PushOptInButton", props: PROPS }];
    await websites.ask("POST", `/v1/sites/${siteId}/pages`, {
      ...{ title: "Home", slug: "home", status: "published", blocks },
    });
    await websites.ask("POST", `/v1/sites/${siteId}/pages`, {
      ...{ title: "Rye", slug: "rye", status: "published", blocks: [] },
    });
    await websites.publish(siteId);
    address = `${websites.baseUrl}/s/${site.slug}/`;
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  const subscribed = () => websites.ask("GET", `/v1/sites/${siteId}/push/subscriptions`);

  it("is valid and accessible, and nothing of it is seen without scripts", async () => {
    assert.deepEqual(await pageFindings(chromium.browser, address), []);
    const { page, findings, close } = await visit(chromium.browser, address, { scripts: false, width: 360 });
    assert.equal(await page.getByRole("button").count(), 0);
    assert.equal(await page.getByText(PROPS.heading).isVisible(), false);
    assert.deepEqual([...findings, ...(await layoutFindings(page))], []);
    await close();
  });

  it("is turned on and off at 360 px, and what was wished for arrives at the API", async () => {
    const prepare = withPushService(subscription());
    const { page, findings, close } = await visit(chromium.browser, address, { width: 360, prepare });
    await page.context().grantPermissions(["notifications"]);
    await page.reload();
    const button = page.getByRole("button");
    await button.waitFor();
    assert.equal(await button.textContent(), "Turn on notifications");
    findings.push(...(await layoutFindings(page)), ...(await accessibilityFindings(page)));
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/push-off.png`, fullPage: true });
    await button.click();
    await page.getByText("Notifications are on.").waitFor();
    const [kept, ...others] = await subscribed();
    assert.deepEqual([kept.host, kept.locale, kept.topics, others.length], ["push.example.com", "en", ["news"], 0]);
    assert.ok(!JSON.stringify(kept).includes("browser-of-the-test"));
    findings.push(...(await accessibilityFindings(page)));
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/push-on.png`, fullPage: true });
    await page.reload();
    await page.getByRole("button", { name: "Turn off notifications" }).click();
    await page.getByText("Notifications are off.").waitFor();
    assert.deepEqual(await subscribed(), []);
    assert.deepEqual(findings, []);
    await close();
  });

  it("says so where the browser does not allow it, and keeps nothing", async () => {
    const refusing = async (context) => {
      await withPushService(subscription())(context);
      await context.addInitScript(() => {
        Notification.requestPermission = async () => "denied";
      });
    };
    const { page, close } = await visit(chromium.browser, address, { prepare: refusing });
    const button = page.getByRole("button");
    await button.waitFor();
    await button.click();
    await page.getByText("does not allow notifications").waitFor();
    assert.deepEqual(await subscribed(), []);
    await close();
  });

  it("has the browser show what is pushed to it, with the address that a click leads to", async () => {
    const prepare = withPushService(subscription());
    const { page, close } = await visit(chromium.browser, address, { prepare });
    const context = page.context();
    await context.grantPermissions(["notifications"]);
    await page.reload();
    await page.getByRole("button").click();
    await page.getByText("Notifications are on.").waitFor();
    const [worker] = context.serviceWorkers();
    await worker.evaluate(() => {
      self.shownOfTheTest = new Promise((resolve) => {
        self.registration.showNotification = async (title, { body, data }) => resolve({ title, body, url: data.url });
      });
    });
    const devtools = await context.newCDPSession(page);
    const registered = new Promise((resolve) => {
      devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const own = registrations.find(({ scopeURL }) => scopeURL === address);
        if (own) resolve(own.registrationId);
      });
    });
    await devtools.send("ServiceWorker.enable");
    const data = JSON.stringify({ title: "Fresh rye", body: "Out of the oven at eight.", url: "/rye", icon: null });
    await devtools.send("ServiceWorker.deliverPushMessage", {
      ...{ origin: new URL(address).origin, registrationId: await registered, data },
    });
    const shown = await worker.evaluate(() => self.shownOfTheTest);
    assert.deepEqual(shown, { title: "Fresh rye", body: "Out of the oven at eight.", url: "/rye" });
    await close();
  });
});
