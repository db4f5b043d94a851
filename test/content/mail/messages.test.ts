import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { deliverMails } from "../../../src/mail/deliver.ts";
import { purgeMessages } from "../../../src/content/mail/messages/purge.ts";
import { count, makeSite, type Site } from "../../faults/world.ts";
import { PostOffice, refusal } from "../../mail/post.ts";
import { call, TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let site: Site;
let headers: Record<string, string>;
let post: PostOffice;

beforeEach(async () => {
  clock.use();
  site = await makeSite(clock);
  headers = (await site.workspace.key({ accessType: "transactional" })).headers;
  post = new PostOffice();
  await env.DB.prepare("DELETE FROM mails").run();
});

const ask = (method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
  call(method, site.path + path, { headers: { ...headers, ...more }, ...(body !== undefined && { body }) });

const deliver = () => deliverMails(post.bindings(), clock.time);

const A_MESSAGE = { to: "ada@example.com", subject: "Your table is ready", text: "We are waiting." };

describe("a single message", () => {
  it("is sent after its answer, and its status, attempts and events say what became of it", async () => {
    const answer = await ask("POST", "/messages", A_MESSAGE);
    expect([answer.status, answer.body.data]).toEqual([
      202,
      expect.objectContaining({ to: "ada@example.com", status: "queued", reason: null, attempts: 0, finishedAt: null }),
    ]);
    const at = `/messages/${answer.body.data.id}`;
    post.refuses = () => refusal("E_INTERNAL_SERVER_ERROR");
    clock.time = (await deliver()) as number;
    expect((await ask("GET", at)).body.data.status).toBe("queued");
    post.refuses = () => null;
    await deliver();
    expect(post.taken).toMatchObject([
      { to: "ada@example.com", subject: "Your table is ready", text: "We are waiting." },
    ]);
    expect((await ask("GET", at)).body.data).toMatchObject({ status: "sent", attempts: 2, version: 2 });
    const event = "SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type = ?2";
    expect(await count(event, site.id, "message.sent")).toBe(1);
    post.refuses = () => refusal("E_VALIDATION_ERROR");
    const bad = (await ask("POST", "/messages", A_MESSAGE)).body.data;
    await deliver();
    expect((await ask("GET", `/messages/${bad.id}`)).body.data).toMatchObject({ status: "failed", reason: "refused" });
    expect(await count(event, site.id, "message.failed")).toBe(1);
    expect((await ask("GET", "/messages?status=failed")).body.pagination.total).toBe(1);
  });

  it("with one Idempotency-Key is one message, however often it is asked for", async () => {
    const key = { "Idempotency-Key": "table-7" };
    const first = await ask("POST", "/messages", A_MESSAGE, key);
    const again = await ask("POST", "/messages", A_MESSAGE, key);
    expect(again.body.data.id).toBe(first.body.data.id);
    await deliver();
    expect(post.taken).toHaveLength(1);
  });

  it.each(["admin", "integrations"] as const)(
    "is refused to keys of access type %s, and the answer says why",
    async (accessType) => {
      const other = await site.workspace.key({ accessType });
      const { status, body } = await call("POST", `${site.path}/messages`, { headers: other.headers, body: A_MESSAGE });
      expect([status, body.error.details.reason]).toEqual([403, "access_type"]);
      if (accessType === "admin") expect(body.error.message).toContain("transactional");
      await deliver();
      expect(post.taken).toEqual([]);
    },
  );

  it("of a sandbox, or to an address that is suppressed, is recorded and never sent", async () => {
    await ask("POST", "/mail/suppressions", { email: "never@example.com" });
    const listed = await ask("POST", "/messages", { ...A_MESSAGE, to: "Never@example.com" });
    expect(listed.body.data).toMatchObject({ status: "suppressed", reason: "manual" });
    const sandbox = await makeSite(clock, "sandbox");
    const key = await sandbox.workspace.key({ environment: "sandbox", accessType: "transactional" });
    const answer = await call("POST", `${sandbox.path}/messages`, { headers: key.headers, body: A_MESSAGE });
    expect(answer.body.data).toMatchObject({ status: "suppressed", reason: "sandbox" });
    await deliver();
    expect(post.taken).toEqual([]);
  });

  it("is forgotten thirty days later, with whom it was for", async () => {
    await ask("POST", "/messages", A_MESSAGE);
    await purgeMessages(env, clock.time + 29 * 86_400_000);
    expect((await ask("GET", "/messages")).body.pagination.total).toBe(1);
    await purgeMessages(env, clock.time + 31 * 86_400_000);
    expect((await ask("GET", "/messages")).body.pagination.total).toBe(0);
  });
});

describe("a template", () => {
  const TEMPLATE = {
    name: "Table ready",
    subject: "Your table is ready, {{name}}",
    text: "Hello {{ name }}, table {{table}}.",
    html: "<p>Hello {{name}}</p>",
  };

  it("is filled in: in HTML a value is text, no value is a variable, and a value is filled in once", async () => {
    const { body } = await ask("POST", "/message-templates", TEMPLATE);
    expect(body.data.variables).toEqual(["name", "table"]);
    const variables = { name: `<b>&"' {{table}} $&`, table: "7" };
    const filled = {
      subject: `Your table is ready, <b>&"' {{table}} $&`,
      text: `Hello <b>&"' {{table}} $&, table 7.`,
      html: "<p>Hello &lt;b&gt;&amp;&quot;&#39; {{table}} $&amp;</p>",
    };
    const preview = await ask("POST", `/message-templates/${body.data.id}/preview`, { variables });
    expect(preview.body.data).toEqual(filled);
    const sent = await ask("POST", "/messages", { to: "ada@example.com", templateId: body.data.id, variables });
    expect(sent.status).toBe(202);
    await deliver();
    expect(post.taken).toMatchObject([filled]);
  });

  it("whose variables are missing or unknown, or that is none of the website, is refused by name, and nothing is sent", async () => {
    const { id } = (await ask("POST", "/message-templates", TEMPLATE)).body.data;
    const wrong = async (body: object) => {
      const answer = await ask("POST", "/messages", { to: "ada@example.com", ...body });
      expect(answer.status).toBe(400);
      return Object.keys(answer.body.error.details.fields);
    };
    expect(await wrong({ templateId: id, variables: { name: "Ada", colour: "red" } })).toEqual([
      "variables.table",
      "variables.colour",
    ]);
    expect(await wrong({ templateId: id, subject: "No", variables: { name: "Ada", table: "7" } })).toEqual(["subject"]);
    expect(await wrong({ templateId: "mtpl_1" })).toEqual(["templateId"]);
    expect(await wrong({ text: "x" })).toEqual(["subject"]);
    expect(await wrong({ ...A_MESSAGE, variables: { name: "Ada" } })).toEqual(["variables.name"]);
    expect(await wrong({ ...A_MESSAGE, text: "Hello {{name}}" })).toEqual(["variables.name"]);
    expect(await wrong({ ...A_MESSAGE, text: "Hello {{1}}" })).toEqual(["text"]);
    const broken = await ask("POST", "/message-templates", { ...TEMPLATE, name: "Broken", html: "{{name" });
    expect(Object.keys(broken.body.error.details.fields)).toEqual(["html"]);
    expect((await ask("POST", "/message-templates", TEMPLATE)).status).toBe(409);
    await deliver();
    expect(post.taken).toEqual([]);
  });

  it("whose subject gets a value with line breaks has one line of it", async () => {
    const { id } = (await ask("POST", "/message-templates", TEMPLATE)).body.data;
    const variables = { name: "Ada\r\nBcc: victim@example.com", table: "7" };
    const { body } = await ask("POST", "/messages", { to: "ada@example.com", templateId: id, variables });
    const subject = "Your table is ready, Ada Bcc: victim@example.com";
    const preview = await ask("POST", `/message-templates/${id}/preview`, { variables });
    expect([body.data.subject, preview.body.data.subject]).toEqual([subject, subject]);
    await deliver();
    expect(post.taken[0]?.subject).toBe(subject);
  });
});
