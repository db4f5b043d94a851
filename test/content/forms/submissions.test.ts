import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { purgeSubmissions } from "../../../src/content/forms/submissions/purge.ts";
import { eventsOf } from "../../support/client.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import { EVERY_FIELD, FormVisitor, type FormSite, makeFormSite, pdf, RIGHT } from "../../visitors/forms/world.ts";

const clock = new TestClock();
const DAY = 86_400_000;
let site: FormSite;

beforeEach(async () => {
  site = await makeFormSite(clock);
});

const path = (rest = "") => `/forms/${site.formId}/submissions${rest}`;
const total = async (query: string) => (await site.ask("GET", path(query))).body.pagination.total;

/** Sends the form from an address that has not sent anything; answers the submission. */
async function send(fields: Record<string, string> = {}): Promise<Record<string, string>> {
  const visitor = new FormVisitor(site, clock);
  const sent = await visitor.send({ ...RIGHT, ...fields });
  if (sent.status !== 303) throw new Error(await sent.text());
  return (await site.submissions("?limit=1"))[0] as Record<string, string>;
}

/** How many days its submissions are kept from now on. */
const keep = async (keptDays: number) => {
  const { status, text } = await site.ask("PATCH", `/forms/${site.formId}`, { keptDays });
  expect(status, text).toBe(200);
};

describe("submissions", () => {
  it("are listed by where they stand, with exact totals, each of its own form alone", async () => {
    const [one, two] = [await send(), await send()];
    await site.ask("PATCH", path(`/${one.id}`), { status: "read", note: "Ada looks after it" });
    await site.ask("PATCH", path(`/${two.id}`), { status: "spam" });
    await send();
    for (const [query, n] of [
      ["", 3],
      ["?status=all", 3],
      ["?status=new", 1],
      ["?status=read", 1],
      ["?status=spam", 1],
    ] as const)
      expect([query, await total(query), (await site.submissions(query)).length]).toEqual([query, n, n]);
    expect((await site.ask("GET", path(`/${one.id}`))).body.data).toMatchObject({
      note: "Ada looks after it",
      version: 2,
    });
    const block = { type: "ContactFormSection", props: { formId: "other" } };
    await site.page({ title: "Other", slug: "other", blocks: [block] });
    await site.publish();
    const other = (await site.ask("GET", "/forms")).body.data.find(({ key }: { key: string }) => key === "other");
    expect((await site.ask("GET", `/forms/${other.id}/submissions`)).body.pagination.total).toBe(0);
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const body = method === "PATCH" ? { status: "read" } : undefined;
      expect((await site.ask(method, `/forms/${other.id}/submissions/${one.id}`, body)).status).toBe(404);
    }
    expect((await site.ask("GET", "/forms/form_01KAGW6PSZ0000000000000000/submissions")).status).toBe(404);
  });

  it("are found by what was answered and when, and by nothing else of theirs", async () => {
    const from = new Date(clock.time).toISOString();
    const one = await send({ message: "Crème brûlée", size: "s" });
    const between = new Date(clock.time + 1).toISOString();
    clock.advance(10);
    const two = await send({ name: "Grace" });
    const ids = async (query: string) => (await site.submissions(query)).map(({ id }) => id);
    expect(await ids("?search=CREME")).toEqual([one.id]);
    expect([await ids("?search=grace"), await ids("?search=message"), await ids("?search=true")]).toEqual([
      [two.id],
      [],
      [],
    ]);
    expect(await ids(`?from=${from}&to=${between}`)).toEqual([one.id]);
    expect(await ids(`?from=${between}`)).toEqual([two.id]);
    expect((await site.ask("GET", path("?from=yesterday"))).status).toBe(400);
  });

  it("what was sent is not rewritten, and what is none of its fields is refused by name", async () => {
    const { id } = await send();
    for (const body of [{ data: {} }, { files: [] }, { status: "done" }, { formId: "x" }, {}]) {
      expect((await site.ask("PATCH", path(`/${id}`), body)).status).toBe(400);
    }
  });

  it("a key for integrations sees what was answered only where it may, and finds nothing by it otherwise", async () => {
    const { id } = await send({ message: "Secret" });
    const base = `/v1/sites/${site.id}`;
    const seen = async (attributes: string[]) => {
      const { headers } = await site.workspace.key({ accessType: "integrations", attributes } as never);
      const get = (rest: string) => call("GET", base + path(rest), { headers });
      const one = (await get(`/${id}`)).body.data;
      const csv = (await get("/export.csv")).text;
      return [one.data?.message, csv.includes("Secret"), (await get("?search=secret")).body.pagination.total];
    };
    expect(await seen(["data"])).toEqual(["Secret", true, 1]);
    expect(await seen(["email"])).toEqual([undefined, false, 0]);
  });

  it("are announced once, whole, and spam only when its owner finds that it is none", async () => {
    const one = await send();
    expect(await eventsOf(env.DB, one.id as string)).toEqual([{ type: "form.submitted", data: one }]);
    await site.ask("PATCH", path(`/${one.id}`), { status: "read" });
    expect(await eventsOf(env.DB, one.id as string)).toHaveLength(1);
    const visitor = new FormVisitor(site, clock);
    await visitor.send({ ...RIGHT, _website: "x" });
    const [spam] = (await site.submissions("?status=spam")) as [{ id: string }];
    expect(await eventsOf(env.DB, spam.id)).toEqual([]);
    await site.ask("PATCH", path(`/${spam.id}`), { status: "new" });
    expect((await eventsOf(env.DB, spam.id)).map(({ type }) => type)).toEqual(["form.submitted"]);
  });

  it("are exported oldest first, a column for each field, with nothing a spreadsheet would run", async () => {
    await send({ name: "=HYPERLINK(1)", message: 'Two\nlines, "quoted"', guests: "3", extras: "Card" });
    await send({ name: "Grace" });
    const { text, headers } = await site.ask("GET", path("/export.csv"));
    expect(headers.get("Content-Type")).toContain("text/csv");
    const [head, first] = text.split("\n");
    expect(head).toBe(
      "id,createdAt,status,locale,note,name,email,phone,message,guests,day,size,pickup,extras,news,consent,sketch,campaign",
    );
    expect(first).toContain("'=HYPERLINK(1)");
    expect(text).toContain('"Two\nlines, ""quoted""",3,,,,Card,false,true,,spring');
    expect(text.indexOf("Grace")).toBeGreaterThan(text.indexOf("HYPERLINK"));
    expect((await site.ask("GET", path("/export.csv?status=spam"))).text.split("\n")).toHaveLength(2);
  });

  it("that are spam are exported where they are asked for alone", async () => {
    const { id } = await send({ name: "Grace" });
    await site.ask("PATCH", path(`/${id}`), { status: "spam" });
    const has = async (query: string) => (await site.ask("GET", path(`/export.csv${query}`))).text.includes("Grace");
    expect([await has(""), await has("?status=new")]).toEqual([false, false]);
    expect([await has("?status=spam"), await has("?status=all")]).toEqual([true, true]);
  });

  it("go with their form and their files, once it is on the website no more, and it may be published anew", async () => {
    await send({ sketch: pdf() as never });
    const remove = () => site.ask("DELETE", `/forms/${site.formId}`);
    expect((await remove()).status).toBe(409);
    await site.ask("PATCH", `/pages/${site.pageId}`, { blocks: [] });
    await site.publish();
    expect((await remove()).status).toBe(204);
    const left = async (table: string) =>
      await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?`).bind(site.id).first<number>("n");
    expect([await left("form_submissions"), await left("form_files"), (await site.ask("GET", path())).status]).toEqual([
      0, 0, 404,
    ]);
    const block = { type: "FormBuilderSection", props: { formId: "cake", fields: EVERY_FIELD } };
    await site.ask("PATCH", `/pages/${site.pageId}`, { blocks: [block] });
    await site.publish();
    const forms = (await site.ask("GET", "/forms")).body.data;
    expect(forms.map(({ key }: { key: string }) => key)).toEqual(["cake"]);
    expect((await site.ask("GET", `/forms/${forms[0].id}/submissions`)).body.pagination.total).toBe(0);
  });
});

describe("how long submissions are kept", () => {
  it("is the form's own time, to the millisecond, and what is not due stays", async () => {
    await keep(30);
    const { id, expiresAt } = await send();
    expect(Date.parse(expiresAt as string)).toBe(clock.time + 30 * DAY);
    await purgeSubmissions(env, Date.parse(expiresAt as string) - 1);
    expect(await total("")).toBe(1);
    await purgeSubmissions(env, Date.parse(expiresAt as string));
    expect([await total(""), (await site.ask("GET", path(`/${id}`))).status]).toEqual([0, 404]);
  });

  it("holds for those there are when it is changed", async () => {
    const { id, createdAt } = await send();
    await keep(1);
    const { expiresAt, version } = (await site.ask("GET", path(`/${id}`))).body.data;
    expect([Date.parse(expiresAt), version]).toEqual([Date.parse(createdAt as string) + DAY, 2]);
    for (const keptDays of [0, -1, 1.5, 3_651, "30", null])
      expect((await site.ask("PATCH", `/forms/${site.formId}`, { keptDays })).status).toBe(400);
  });

  it("holds for one that comes while it is changed", async () => {
    const visitors = Array.from({ length: 5 }, () => new FormVisitor(site, clock));
    for (const it of visitors) await it.open();
    clock.advance(5_000);
    const hidden = await Promise.all(visitors.map((it) => it.hidden()));
    await Promise.all([
      ...visitors.map((it, index) => it.post({ ...hidden[index], ...RIGHT })),
      site.ask("PATCH", `/forms/${site.formId}`, { keptDays: 7 }),
    ]);
    const kept = (await site.submissions()) as { createdAt: string; expiresAt: string }[];
    expect(kept).toHaveLength(5);
    for (const it of kept) expect(Date.parse(it.expiresAt) - Date.parse(it.createdAt)).toBe(7 * DAY);
  });
});

describe("mails about submissions", () => {
  const mails = async () => {
    const { results } = await env.DB.prepare(
      "SELECT kind, recipient, subject, content FROM mails WHERE site_id = ? ORDER BY id",
    )
      .bind(site.id)
      .all<{ kind: string; recipient: string; subject: string; content: string }>();
    return results.map(({ content, ...rest }) => ({ ...rest, ...JSON.parse(content) }));
  };

  it("go to nobody unless the owner has named somebody", async () => {
    await send();
    expect(await mails()).toEqual([]);
  });

  it("tell those the owner has named, answers go to the sender, and a header cannot be begun by what he writes", async () => {
    await site.ask("PATCH", `/forms/${site.formId}`, { notifyTo: ["orders@example.com"] });
    await send({ name: "Ada", message: "Line\r\nBcc: all@example.com" });
    expect(await mails()).toMatchObject([
      {
        ...{ kind: "form.submitted", recipient: "orders@example.com", subject: "Cakes: a new submission" },
        ...{ replyTo: "ada@example.com", text: expect.stringContaining("Message: Line\nBcc: all@example.com") },
      },
    ]);
    expect(JSON.stringify(await mails())).not.toContain("\\r");
  });

  it("say which form of which website it was, and head every answer once", async () => {
    const fields = [
      { type: "email", name: "email", label: "E-mail address:" },
      { type: "checkbox", name: "coming", label: "Are you coming?" },
      { type: "consent", name: "consent", label: "You may keep this until my cake is done." },
    ];
    const at = await makeFormSite(clock, { fields, heading: "Order a cake." });
    await at.ask("PATCH", `/forms/${at.formId}`, { notifyTo: ["orders@example.com"] });
    const visitor = new FormVisitor(at, clock);
    expect(await (await visitor.send({ email: "ada@example.com" })).text()).toContain(
      "You may keep this until my cake is done: please fill this in.",
    );
    await visitor.send({ email: "ada@example.com", coming: "yes", consent: "yes" });
    const [submission] = await at.submissions();
    const stored = await env.DB.prepare("SELECT content FROM mails WHERE site_id = ?")
      .bind(at.id)
      .first<string>("content");
    const name = (await at.ask("GET", "")).body.data.name;
    expect(JSON.parse(stored ?? "").text.split("\n")).toEqual([
      `Somebody has sent the form “Order a cake” of the website ${name}.`,
      "",
      "E-mail address: ada@example.com",
      "Are you coming? Yes",
      "You may keep this until my cake is done: Yes",
      "",
      `Submission: ${submission?.id}`,
    ]);
  });

  it("tell the owner of what was spam and is none after all, and its sender nothing", async () => {
    const autoReply = { subject: "We have your message", text: "Thank you." };
    await site.ask("PATCH", `/forms/${site.formId}`, { autoReply, notifyTo: ["orders@example.com"] });
    await new FormVisitor(site, clock).send({ ...RIGHT, _website: "x" });
    const [spam] = (await site.submissions("?status=spam")) as [{ id: string }];
    await site.ask("PATCH", path(`/${spam.id}`), { status: "new" });
    await site.ask("PATCH", path(`/${spam.id}`), { status: "read" });
    expect(await mails()).toMatchObject([{ kind: "form.submitted", recipient: "orders@example.com" }]);
  });

  it("answer the sender only where the owner has it so, with none of his words, and never for spam", async () => {
    const autoReply = { subject: "We have your message", text: "Thank you." };
    await site.ask("PATCH", `/forms/${site.formId}`, { autoReply, notifyTo: ["orders@example.com"] });
    await new FormVisitor(site, clock).send({ ...RIGHT, _website: "x" });
    expect(await mails()).toEqual([]);
    await send({ message: "My words" });
    expect((await mails()).find(({ kind }) => kind === "form.answered")).toEqual({
      ...{ kind: "form.answered", recipient: "ada@example.com", ...autoReply, replyTo: "orders@example.com" },
    });
  });
});
