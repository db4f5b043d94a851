import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { collectMedia } from "../../../src/content/media/service/collect.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import { hiddenIn, OWN } from "../shop/browser.ts";
import { EVERY_FIELD, FormVisitor, type FormSite, makeFormSite, pdf, RIGHT } from "./world.ts";

const clock = new TestClock();
let site: FormSite;
let visitor: FormVisitor;

beforeEach(async () => {
  site = await makeFormSite(clock);
  visitor = new FormVisitor(site, clock);
});

const objects = async () => (await env.MEDIA.list({ prefix: `sites/${site.id}/` })).objects.length;

describe("a form of a page", () => {
  it("stands on the page with every field, and says when it was shown", async () => {
    const { text, headers } = await visitor.open();
    expect(text).toContain(
      `<form class="form-fields" id="form-cake" method="post" action="/s/${site.slug}/forms/cake"`,
    );
    expect(text).toContain('enctype="multipart/form-data"');
    expect(text).toContain("forms.css");
    for (const { name, type } of EVERY_FIELD)
      expect([name, text.includes(`name="${name}"`)]).toEqual([name, type !== "hidden"]);
    expect(headers.get("Set-Cookie")).toBeNull();
  });

  it("is kept as it was answered, once, and leads to thanks", async () => {
    const sent = await visitor.send({
      ...RIGHT,
      ...{ phone: "+49 30 123456", message: "Two\r\nlines", guests: "12", day: "2026-05-26", size: "Large" },
      ...{ pickup: "Morning", extras: ["Candles", "Card"], news: "yes", sketch: pdf() },
    });
    expect([sent.status, sent.headers.get("Location")]).toEqual([
      303,
      `/s/${site.slug}/forms/cake/thanks?page=${site.pageId}`,
    ]);
    const thanks = await visitor.browser.load(sent.headers.get("Location") as string);
    expect([thanks.status, thanks.text.includes("Thank you. Your message has arrived.")]).toEqual([200, true]);
    expect(await site.submissions()).toMatchObject([
      {
        ...{ formId: site.formId, status: "new", pageId: site.pageId, locale: "en", note: null },
        data: {
          ...{ name: "Ada Baker", email: "ada@example.com", phone: "+49 30 123456", message: "Two\nlines" },
          ...{ guests: 12, day: "2026-05-26", size: "Large", pickup: "Morning", extras: ["Candles", "Card"] },
          ...{ news: true, consent: true, campaign: "spring" },
        },
        files: [{ field: "sketch", filename: "cake.pdf", contentType: "application/pdf", size: 1_009 }],
      },
    ]);
    expect(await objects()).toBe(1);
  });

  it("sent twice is one submission, and another one by the same showing is asked for once more", async () => {
    const hidden = await visitor.hidden();
    clock.advance(5_000);
    const first = await visitor.post({ ...hidden, ...RIGHT, sketch: pdf() });
    const again = await visitor.post({ ...hidden, ...RIGHT, sketch: pdf() });
    expect([first.status, again.status]).toEqual([303, 303]);
    const other = await visitor.post({ ...hidden, ...RIGHT, message: "And one more thing" });
    const page = await other.text();
    expect([other.status, page.includes("has been sent before"), page.includes("And one more thing")]).toEqual([
      ...[409, true, true],
    ]);
    expect(await site.submissions()).toHaveLength(1);
    clock.advance(5_000);
    expect((await visitor.post({ ...hiddenIn(page), ...RIGHT, message: "And one more thing" })).status).toBe(303);
    expect(await site.submissions()).toHaveLength(2);
    expect(await objects()).toBe(1);
  });

  it("ten at the same moment by one showing are one submission with one file", async () => {
    const hidden = await visitor.hidden();
    clock.advance(5_000);
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => visitor.post({ ...hidden, ...RIGHT, sketch: pdf() })),
    );
    expect(sent.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 303));
    const [only, ...more] = await site.submissions();
    expect([more.length, await objects()]).toEqual([0, 1]);
    expect(only).toMatchObject({ files: [{ filename: "cake.pdf" }] });
  });

  it("is shown again with what was typed and what is wrong, each at its field", async () => {
    const sent = await visitor.send({
      ...{ name: "x".repeat(41), email: "nobody", phone: "no", guests: "0", day: "2026-02-30", size: "huge" },
      ...{ message: "Keep <this>", extras: ["Balloons"] },
    });
    const page = await sent.text();
    expect([sent.status, sent.headers.get("Cache-Control")]).toEqual([422, "no-store"]);
    expect(page).toContain('role="alert"');
    for (const name of ["name", "email", "phone", "guests", "day", "size", "extras", "consent"]) {
      expect(page).toContain(`<a href="#form-cake-${name}">`);
      expect(page).toContain(`id="form-cake-${name}-problem"`);
    }
    expect(page).toContain('aria-invalid="true" aria-describedby="form-cake-email-help form-cake-email-problem"');
    expect(page).toContain("Keep &lt;this&gt;</textarea>");
    expect(page).toContain("E-mail: please enter an e-mail address.");
    expect(await site.submissions()).toEqual([]);
  });

  it("speaks the visitor's language", async () => {
    const block = { type: "ContactFormSection", props: { heading: "Schreiben", formId: "brief" } };
    await site.page({ title: "Kontakt", slug: "kontakt", locale: "de", blocks: [block] });
    await site.publish();
    const german = new FormVisitor(site, clock, "/de/kontakt", "brief");
    const hidden = await german.hidden();
    clock.advance(5_000);
    const path = `/s/${site.slug}/de/forms/brief`;
    const wrong = await german.browser.send("POST", path, OWN, new URLSearchParams({ ...hidden, name: "Ada" }));
    expect(await wrong.text()).toContain("E-Mail-Adresse: Bitte ausfüllen.");
    const done = await german.browser.submit(path, {
      ...hidden,
      name: "Ada",
      email: "ada@example.com",
      message: "Hallo",
    });
    expect(done.text).toContain("Ihre Nachricht ist angekommen.");
  });

  it.each([
    ["as urlencoded, where there is no file", (fields: object) => new URLSearchParams(fields as never)],
    [
      "as multipart",
      (fields: object) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        return form;
      },
    ],
  ])("is taken %s", async (_, made) => {
    const fields = { ...(await visitor.hidden()), ...RIGHT };
    clock.advance(5_000);
    const { status } = await visitor.browser.send("POST", visitor.action, OWN, made(fields));
    expect([status, (await site.submissions()).length]).toEqual([303, 1]);
  });

  it("leads to a page of its website where its owner says so and it is there, and never to another website", async () => {
    for (const [redirectTo, location] of [
      ["/contact?sent=1#top", `/s/${"SLUG"}/contact?sent=1#top`],
      ["/shop/cart", `/s/${"SLUG"}/shop/cart`],
      ["/", `/s/${"SLUG"}/`],
      ["/nowhere", "/forms/cake/thanks"],
      ["https://evil.example/x", "/forms/cake/thanks"],
      ["//evil.example/x", "/forms/cake/thanks"],
      ["/\\evil.example", "/forms/cake/thanks"],
    ] as const) {
      const at = await makeFormSite(clock, { redirectTo });
      const sent = await new FormVisitor(at, clock).send(RIGHT);
      expect(sent.status).toBe(303);
      expect(sent.headers.get("Location")).toContain(location.replace("SLUG", at.slug));
      expect(sent.headers.get("Location")).toMatch(new RegExp(`^/s/${at.slug}/`));
    }
  });

  it("may stand on its page twice, and is filled in at either place", async () => {
    const block = { type: "FormBuilderSection", props: { formId: "cake", fields: EVERY_FIELD } };
    await site.page({ title: "Twice", slug: "twice", blocks: [block, block] });
    await site.publish();
    const { text } = await new FormVisitor(site, clock, "/twice").open();
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect([new Set(ids).size, text.match(/<form class="form-fields"/g)?.length]).toEqual([ids.length, 2]);
  });

  it("too large to be kept beside its page is left out, and told by the publish", async () => {
    const options = Array.from({ length: 200 }, (_, n) => ({ label: `${n}`.padEnd(150, "x") }));
    const fields = Array.from({ length: 10 }, (_, n) => ({ type: "select", label: `Field ${n}`, options }));
    await site.page({ title: "Large", slug: "large", blocks: [{ type: "FormBuilderSection", props: { fields } }] });
    const { warnings } = await site.publish();
    expect(warnings).toContainEqual(expect.objectContaining({ code: "shortened_text", path: "blocks[0].props" }));
    expect((await site.visit("/large")).status).toBe(200);
  });

  it("cannot be sent in a preview", async () => {
    const { body } = await site.ask("POST", "/preview", {});
    const { pathname } = new URL(body.data.url);
    const page = await visitor.browser.load(`${pathname.replace(/\/$/, "")}/contact`);
    expect([page.status, page.text.includes('method="post"'), page.text.includes("nothing can be sent")]).toEqual([
      ...[200, false, true],
    ]);
  });
});

describe("what is not a visitor who fills in a form", () => {
  it("who fills in what nobody sees is thanked, and lies with the spam", async () => {
    const sent = await visitor.send({ ...RIGHT, _website: "https://spam.example", sketch: pdf() });
    expect(sent.status).toBe(303);
    expect(await site.submissions("?status=new")).toEqual([]);
    expect(await site.submissions("?status=spam")).toMatchObject([{ status: "spam", files: [] }]);
    expect(await objects()).toBe(0);
  });

  it("who is too quick is asked to send it again, and then heard", async () => {
    const quick = await visitor.send(RIGHT, 500);
    const page = await quick.text();
    expect([quick.status, page.includes("That was quick")]).toEqual([422, true]);
    expect(await site.submissions()).toEqual([]);
    clock.advance(2_000);
    expect((await visitor.post({ ...hiddenIn(page), ...RIGHT })).status).toBe(303);
  });

  it.each([
    ["old", async () => clock.advance(25 * 3_600_000)],
    ["forged", async (hidden: Record<string, string>) => (hidden._token = `${hidden._token?.slice(0, -4)}AAAA`)],
    ["of a later moment", async (hidden: Record<string, string>) => (hidden._token = `9${hidden._token}`)],
    ["missing", async (hidden: Record<string, string>) => delete hidden._token],
    [
      "of another website",
      async (hidden: Record<string, string>) => {
        const other = await makeFormSite(clock);
        hidden._token = (await new FormVisitor(other, clock).hidden())._token as string;
      },
    ],
  ])("a showing that is %s counts for nothing, and what was typed is kept for another try", async (_, spoil) => {
    const hidden = await visitor.hidden();
    await spoil(hidden);
    clock.advance(5_000);
    const sent = await visitor.post({ ...hidden, ...RIGHT });
    const page = await sent.text();
    expect([sent.status, page.includes("Please send it again"), page.includes("Ada Baker")]).toEqual([422, true, true]);
    expect(await site.submissions()).toEqual([]);
    clock.advance(5_000);
    expect((await visitor.post({ ...hiddenIn(page), ...RIGHT })).status).toBe(303);
  });

  it("a form of another website, or one there is not, is not found", async () => {
    const other = await makeFormSite(clock, { formId: "other" });
    const hidden = await visitor.hidden();
    for (const key of ["other", "none", "constructor", "%00", other.formId]) {
      const { status } = await visitor.browser.send(
        "POST",
        `/s/${site.slug}/forms/${key}`,
        OWN,
        new URLSearchParams(hidden),
      );
      expect([key, status]).toEqual([key, 404]);
    }
  });

  it.each([
    ["another content type", { "Content-Type": "application/json" }, "{}", 415],
    [
      "a body that is encoded",
      { "Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip" },
      "a=b",
      415,
    ],
    ["multipart that breaks off", { "Content-Type": "multipart/form-data; boundary=x" }, "--x\r\nContent-Disp", 400],
    ["multipart without a boundary", { "Content-Type": "multipart/form-data" }, "x", 415],
    [
      "more than is taken of a form",
      { "Content-Type": "application/x-www-form-urlencoded" },
      "a=".padEnd(70_000, "b"),
      413,
    ],
    [
      "more than is taken with files",
      { "Content-Type": "multipart/form-data; boundary=x" },
      "x".repeat(11_000_000),
      413,
    ],
    ["more fields than a form has", { "Content-Type": "application/x-www-form-urlencoded" }, "a=b&".repeat(300), 413],
    ["bytes that are no text", { "Content-Type": "application/x-www-form-urlencoded" }, "name=%FF%FE&email=%00", 422],
  ])("%s is refused, and nothing is kept", async (_, headers, body, status) => {
    const sent = await visitor.browser.send("POST", visitor.action, { ...OWN, ...headers }, body);
    expect([sent.status, await objects()]).toEqual([status, 0]);
    expect(await site.submissions()).toEqual([]);
  });

  it("a form of another host's page is refused", async () => {
    const sent = await visitor.browser.send(
      ...(["POST", visitor.action, { Origin: "https://evil.example" }, new URLSearchParams(RIGHT)] as const),
    );
    expect(sent.status).toBe(403);
  });
});

describe("files of a form", () => {
  it.each([
    ["of another kind than it says", new File(["<html>"], "a.pdf", { type: "application/pdf" })],
    ["of a kind the field does not take", new File(["plain"], "a.txt", { type: "text/plain" })],
    ["larger than the field takes", pdf("big.pdf", 250_000)],
    ["with nothing in it", new File([], "empty.pdf", { type: "application/pdf" })],
  ])("one %s is refused at its field, and leaves nothing", async (_, file) => {
    const sent = await visitor.send({ ...RIGHT, sketch: file });
    const page = await sent.text();
    expect([sent.status, page.includes('id="form-cake-sketch-problem"')]).toEqual([422, true]);
    expect([await objects(), (await site.submissions()).length]).toEqual([0, 0]);
  });

  it("are opened by a link that its owner asks for, and by no other", async () => {
    await visitor.send({ ...RIGHT, sketch: pdf("Skizze «1».pdf") });
    const [{ id, files }] = (await site.submissions()) as [{ id: string; files: { id: string }[] }];
    const path = `/forms/${site.formId}/submissions/${id}/files/${files[0]?.id}`;
    const { url } = (await site.ask("GET", path)).body.data;
    const { pathname, search } = new URL(url);
    const file = await visitor.browser.send("GET", pathname + search, {});
    expect([file.status, (await file.text()).slice(0, 8)]).toEqual([200, "%PDF-1.4"]);
    expect(file.headers.get("Content-Disposition")).toMatch(/^attachment; .*Skizze%20%C2%AB1%C2%BB\.pdf$/);
    expect(file.headers.get("Cache-Control")).toBe("private, no-store");
    for (const wrong of [pathname, `${pathname}${search}x`, `${pathname}${search.replace("expires=1", "expires=2")}`]) {
      expect((await visitor.browser.send("GET", wrong, {})).status).toBe(404);
    }
    expect((await visitor.browser.send("GET", `/media/${files[0]?.id}/cake.pdf`, {})).status).toBe(404);
    expect((await site.ask("GET", "/media")).body.data).toEqual([]);
    clock.advance(16 * 60_000);
    expect((await visitor.browser.send("GET", pathname + search, {})).status).toBe(404);
  });

  it("go with their submission, count towards the storage until then, and leave nothing in the bucket", async () => {
    const storage = async () => {
      const found = await env.DB.prepare("SELECT n FROM collection_counts WHERE scope = ? AND name = 'storage'")
        .bind(`${site.workspace.id}:live`)
        .first<{ n: number }>();
      return found?.n ?? 0;
    };
    await visitor.send({ ...RIGHT, sketch: pdf() });
    expect(await storage()).toBe(1_009);
    const [{ id }] = (await site.submissions()) as [{ id: string }];
    expect((await site.ask("DELETE", `/forms/${site.formId}/submissions/${id}`)).status).toBe(204);
    expect(await storage()).toBe(0);
    await collectMedia(env, clock.time);
    expect(await objects()).toBe(0);
    const { results } = await env.DB.prepare("SELECT id FROM media_uploads WHERE site_id = ?").bind(site.id).all();
    expect(results).toEqual([]);
  });

  it("are refused where the plan has no room, with the form as it was", async () => {
    await env.DB.prepare("INSERT INTO collection_counts VALUES (?, 'storage', 1e13) ON CONFLICT DO UPDATE SET n = 1e13")
      .bind(`${site.workspace.id}:live`)
      .run();
    await env.DB.prepare("UPDATE workspaces SET tier = 'free' WHERE id = ?").bind(site.workspace.id).run();
    const sent = await visitor.send({ ...RIGHT, sketch: pdf() });
    expect([sent.status, (await sent.text()).includes("cannot be taken at the moment")]).toEqual([422, true]);
    expect((await visitor.send(RIGHT)).status).toBe(303);
  });
});

describe("addresses of visitors", () => {
  it("one that sends without end is held to its bucket, and slows no other", async () => {
    const hidden = await visitor.hidden();
    clock.advance(5_000);
    const sent = await Promise.all(
      Array.from({ length: 500 }, () =>
        visitor.browser.send("POST", visitor.action, OWN, new URLSearchParams({ ...hidden, ...RIGHT })),
      ),
    );
    const statuses = Map.groupBy(sent, ({ status }) => status);
    expect([statuses.get(303)?.length, statuses.get(429)?.length]).toEqual([10, 490]);
    expect(Number(statuses.get(429)?.[0]?.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    expect((await new FormVisitor(site, clock).send(RIGHT)).status).toBe(303);
    expect(await site.submissions()).toHaveLength(2);
  });
});

describe("an answer that comes from a program", () => {
  const send = (data: unknown, headers: Record<string, string> = {}, id = site.formId) =>
    call("POST", `/api/forms/${id}/submissions`, {
      headers: { "CF-Connecting-IP": visitor.browser.ip, ...headers },
      body: { data },
    });
  const SAID = { name: "Ada", email: "ada@example.com", consent: true };

  it("is kept like that of a page, for any origin and with no key", async () => {
    const { status, body, headers } = await send({ ...SAID, guests: 3, extras: ["Card"], news: false });
    expect([status, headers.get("Access-Control-Allow-Origin")]).toEqual([201, "*"]);
    expect(await site.submissions()).toMatchObject([
      { id: body.id, pageId: null, locale: null, data: { ...SAID, guests: 3, extras: ["Card"], campaign: "spring" } },
    ]);
  });

  it("is kept once for each Idempotency-Key, and another one under it is refused", async () => {
    const key = { "Idempotency-Key": "one" };
    const answers = [await send(SAID, key), await send(SAID, key), await send({ ...SAID, name: "Eve" }, key)];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 422]);
    expect(answers[0]?.body.id).toBe(answers[1]?.body.id);
    expect(await site.submissions()).toHaveLength(1);
  });

  it("names every field that is wrong, or is none", async () => {
    const { status, text } = await send({
      ...{ name: 7, email: "nobody", guests: "3", size: "huge", extras: "Card", unknown: "x", sketch: "x" },
      ...{ campaign: "mine", consent: "yes", __proto__: "x" },
    });
    expect(status).toBe(422);
    for (const field of ["name", "email", "guests", "size", "extras", "unknown", "sketch", "campaign", "consent"])
      expect(text).toContain(`data.${field}`);
    expect(await site.submissions()).toEqual([]);
  });

  it("is not found where the form is not published any more, or another's", async () => {
    expect((await send(SAID, {}, "form_01KAGW6PSZ0000000000000000")).status).toBe(404);
    await site.change(site.pageId, { blocks: [] });
    await site.publish();
    expect((await send(SAID)).status).toBe(404);
  });
});
