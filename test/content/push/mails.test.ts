import { beforeEach, describe, expect, it } from "vitest";
import "../../../src/mail-followers.ts";
import { sampleId } from "../../../src/core/events/sample.ts";
import { PostOffice, refusal } from "../../mail/post.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { type PushWorld, pushWorld } from "./world.ts";

const clock = new TestClock();
const CONSENT = "2026-01-15T10:30:00Z";
let post: PostOffice;

beforeEach(() => {
  clock.use();
  clock.time = START;
  post = new PostOffice();
});

/** Adds somebody who has agreed to mails; answers the subscriber's id. */
async function reader(world: PushWorld, name: string, more: object = {}): Promise<string> {
  const body = { email: `${name}@example.com`, status: "active", consentAt: CONSENT, ...more };
  const made = await world.ask("POST", "/subscribers", body);
  if (made.status !== 201) throw new Error(made.text);
  return made.body.data.id;
}

const NEWS = { channel: "email", title: "Fresh rye", body: "Out of the oven at eight." };

describe("a campaign by e-mail", () => {
  it("goes to those who have confirmed it, each with a link of their own that ends it, in a header too", async () => {
    const world = await pushWorld(clock);
    const ada = await reader(world, "ada", { locale: "de" });
    await reader(world, "bo", { topics: ["events"] });
    await world.ask("POST", "/subscribers", { email: "pending@example.com" });
    const id = await world.campaign({ ...NEWS, html: "<html><body><p>Fresh</p></body></html>" });
    await world.finish(id, post.bindings());
    expect(await world.get(id)).toMatchObject({ status: "sent", recipients: 2, sent: 2, queued: 0 });
    expect(post.recipients.sort()).toEqual(["ada@example.com", "bo@example.com"]);
    const mail = post.taken.find(({ to }) => to === "ada@example.com");
    const link = /https:\S+newsletter\/unsubscribe\?s=\S+/.exec(mail?.text ?? "")?.[0] as string;
    expect(link).toContain(`s=${ada}`);
    expect(mail?.subject).toBe("Fresh rye");
    expect(mail?.text).toContain("Abmelden: ");
    expect(mail?.headers).toMatchObject({
      "List-Unsubscribe": `<${link}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(mail?.html).toMatch(/<p>Fresh<\/p><p><a href="https:[^"]*&amp;t=[^"]*">Abmelden<\/a><\/p><\/body><\/html>$/);
    const others = post.taken.filter(({ to }) => to !== "ada@example.com");
    expect(others.every(({ text }) => !text?.includes(ada))).toBe(true);
  });

  it("topics and languages choose whom it is for, and who has unsubscribed by then is left alone", async () => {
    const world = await pushWorld(clock);
    await reader(world, "ada", { locale: "de-AT", topics: ["news"] });
    const bo = await reader(world, "bo", { locale: "de", topics: ["news"] });
    await reader(world, "cy", { locale: "en", topics: ["news"] });
    await reader(world, "di", { topics: ["events"], locale: "de" });
    await reader(world, "ed", { locale: "de" });
    const id = await world.campaign({ ...NEWS, audience: { topics: ["news"], locale: "de" } });
    await world.ask("PATCH", `/subscribers/${bo}`, { status: "unsubscribed" });
    await world.finish(id, post.bindings());
    expect(post.recipients.sort()).toEqual(["ada@example.com", "ed@example.com"]);
  });

  it("what the provider refuses is told of, and once it asks for time it is given it: nobody is written to twice", async () => {
    const world = await pushWorld(clock);
    await reader(world, "ada");
    const refused = await reader(world, "bo");
    await reader(world, "cy");
    let isBusy = true;
    post.refuses = ({ to }) => {
      if (to === "bo@example.com") return refusal("E_VALIDATION_ERROR");
      if (!isBusy) return null;
      isBusy = false;
      return refusal("E_RATE_LIMIT_EXCEEDED");
    };
    const id = await world.campaign(NEWS);
    await world.finish(id, post.bindings());
    expect(await world.get(id)).toMatchObject({ status: "sent", recipients: 3, sent: 2, failed: 1, queued: 0 });
    expect(post.recipients.sort()).toEqual(["ada@example.com", "cy@example.com"]);
    const { data } = (await world.ask("GET", `/campaigns/${id}/recipients?status=failed`)).body;
    expect(data).toMatchObject([{ id: refused, error: "The mail was refused: refused." }]);
    expect(JSON.stringify(data)).not.toContain("@");
  });

  it("of a sandbox no mail leaves, and what belongs to notifications is refused by its field", async () => {
    const world = await pushWorld(clock, "sandbox");
    await reader(world, "ada");
    const id = await world.campaign(NEWS);
    await world.finish(id, post.bindings());
    expect(await world.get(id)).toMatchObject({ status: "sent", suppressed: 1, sent: 0 });
    expect(post.taken).toEqual([]);
    for (const field of ["icon", "url"]) {
      const wrong = await world.ask("POST", "/campaigns", { ...NEWS, [field]: "/media/a.png" });
      expect([wrong.status, Object.keys(wrong.body.error.details.fields)]).toEqual([400, [field]]);
    }
    expect((await world.ask("POST", `/campaigns/${sampleId("camp")}/cancel`)).status).toBe(404);
  });
});
