import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import wrangler from "../../wrangler.toml?raw";
import { RUNTIME } from "../../src/core/runtime.ts";
import type { Env } from "../../src/env.ts";
import { sendPush } from "../../src/push/send.ts";
import { sealSubscription } from "../../src/push/subscription.ts";
import { arrivals, browsers } from "../content/push/world.ts";
import { TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
const asked: URL[] = [];
/** The network of a test: it notes where a call would go, and lets it go there only if it is this machine's push service. */
const runtime = (isAnswered: boolean) => ({
  ...RUNTIME,
  fetch: async (url: URL, init: RequestInit) => {
    asked.push(url);
    return isAnswered ? fetch(url, init) : new Response(null, { status: 201 });
  },
});
const content = {
  message: { title: "A", body: "B" },
  options: { ttlSeconds: 60, urgency: "normal" as const, topic: null },
};
const sender = { siteId: "site_LOOPBACK", workspaceId: 1, environment: "live" as const };

afterEach(() => void asked.splice(0));

describe("where a message goes", () => {
  it("as in production it goes to the address that the browser has named, over https, and nowhere else", async () => {
    clock.use();
    const [browser] = await browsers();
    if (!browser) throw new Error("No browser");
    const production: Env = { ...env, PUSH_LOOPBACK: undefined } as never;
    const subscription = await sealSubscription(env, sender.siteId, browser);
    expect(await sendPush(production, { ...sender, subscription }, content, runtime(false))).toEqual({
      status: "sent",
    });
    expect(asked.map(({ href }) => href)).toEqual([browser.endpoint]);
    expect(await arrivals(browser)).toEqual([]);
  });

  it("an address of this machine or without TLS is sent nothing, whatever the subscription says", async () => {
    clock.use();
    const [browser] = await browsers();
    if (!browser) throw new Error("No browser");
    for (const endpoint of [`${env.PUSH_LOOPBACK}/ok/1`, "https://127.0.0.1/a", "http://push.example.com/a"]) {
      const subscription = await sealSubscription(env, sender.siteId, { ...browser, endpoint });
      const outcome = await sendPush(env, { ...sender, subscription }, content, runtime(true));
      expect(outcome.status, endpoint).toBe("failed");
    }
    expect(asked).toEqual([]);
  });

  it("of a sandbox nothing is sent at all", async () => {
    const [browser] = await browsers();
    if (!browser) throw new Error("No browser");
    const subscription = await sealSubscription(env, sender.siteId, browser);
    const sandbox = { ...sender, environment: "sandbox" as const, subscription };
    expect(await sendPush(env, sandbox, content, runtime(true))).toEqual({ status: "suppressed" });
    expect(asked).toEqual([]);
  });

  it("a push service that hangs is not waited for for ever, and who it was for is not tried again", async () => {
    clock.use();
    const [browser] = await browsers(1, "hang");
    if (!browser) throw new Error("No browser");
    const subscription = await sealSubscription(env, sender.siteId, browser);
    const hasty = { ...runtime(true), deadline: () => RUNTIME.deadline(50) };
    const outcome = await sendPush(env, { ...sender, subscription }, content, hasty);
    expect(outcome).toEqual({ status: "unconfirmed", error: "No answer in time." });
  });

  it("the push service of the tests is named by a variable that the configuration of production has not", () => {
    expect(env.PUSH_LOOPBACK).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(wrangler).not.toContain("PUSH_LOOPBACK");
  });
});
