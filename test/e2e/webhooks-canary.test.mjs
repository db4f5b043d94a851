// Without the switch for development no address leads to this machine: a canary counts who knocks.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import { prepareDemo } from "../../scripts/dev/demo.ts";
import { stopFamily } from "../../scripts/dev/stop.ts";
import { succeeded, wrangler } from "../../scripts/dev/wrangler.ts";
import { clientOf } from "./support/client.mjs";
import { query } from "./support/database.mjs";
import { freePort, makePlace, until } from "./support/dev-server.mjs";

const PUBLIC = "https://example.com/hook";

/** Hosts that lead, or might lead, to this machine, in every notation a URL parser knows. */
const HOSTS = `127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0X7F.0.0.1 017700000001 0177.0.0.1 0x7f.1
  127.0x1 0177.0x0.0.01 00000177.1 127.0.0.1. 127.1. 0.0.0.0 0 0x0 00 0.0 １２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1
  127．0．0．1 127｡0｡0｡1 ０x7f.1 %31%32%37.0.0.1 %30x7f.1 127%2e0%2e0%2e1 127.0.0.%31 [::1] [0:0:0:0:0:0:0:1] [::0001]
  [::] [0:0::0:0] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1] [::ffff:0:0] [::127.0.0.1] [::7f00:1]
  [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:1::1]
  [2001:0:7f00:1::1] [fe80::5efe:127.0.0.1] [fe80::1] [fc00::1] localhost LOCALHOST localhost. ｌｏｃａｌｈｏｓｔ ⓛocalhost
  %6c%6fcalhost localhos%74 app.localhost a.b.localhost localhost.localdomain localhost6 ip6-localhost ip6-loopback
  localtest.me a.localtest.me lvh.me vcap.me 127.0.0.1.nip.io 127-0-0-1.sslip.io app-7f000001.nip.io 127.0.0.1.xip.io
  localho.st lacolhost.com fuf.me host.docker.internal kubernetes.default.svc ${hostname()} ${hostname()}.local
  169.254.169.254 10.0.0.1 192.168.0.1 172.17.0.1`.split(/\s+/);

/** Ways to write one address that parsers read differently. */
const disguised = (port) => [
  ...[`http://example.com@127.0.0.1:${port}/`, `https://example.com:443@127.0.0.1:${port}/`],
  ...[`http://127.0.0.1:${port}\\@example.com/`, `https://127.0.0.1:${port}\\@example.com/`],
  ...[`http:\\\\127.0.0.1:${port}\\`, `http:/127.0.0.1:${port}/`, `http:127.0.0.1:${port}/`, `//127.0.0.1:${port}/`],
  ...[`ht\ntp://127.0.0.1:${port}/`, `\thttp://127.0.0.1:${port}/`, ` http://127.0.0.1:${port}/`],
  ...[`http://127.0.\r\n0.1:${port}/`, `http://127.0.0\u200b.1:${port}/`, `https://local\u00adhost:${port}/`],
  ...[
    `ws://127.0.0.1:${port}/`,
    `ftp://127.0.0.1:${port}/`,
    `gopher://127.0.0.1:${port}/_x`,
    `HTTP://LOCALHOST:${port}/`,
  ],
];

const hostile = (port) => [
  ...HOSTS.flatMap((host) => [`http://${host}:${port}/hook`, `https://${host}:${port}/hook`]),
  ...disguised(port),
];

/** A plain TCP server on every address of this machine. */
async function startCanary() {
  const canary = { port: 0, connections: 0, close: () => server.close() };
  const server = createServer((socket) => {
    canary.connections += 1;
    socket.on("error", () => {}).destroy();
  });
  server.listen(0);
  await once(server, "listening");
  canary.port = server.address().port;
  return canary;
}

/** The server of `npm run dev`, but for the switch that lets webhooks go to this machine. */
async function startStrict(place) {
  const port = await freePort();
  const settings = { ...place, port, baseUrl: `http://127.0.0.1:${port}` };
  const state = ["--local", "--persist-to", place.stateDir];
  const registry = join(place.stateDir, "registry");
  await succeeded(wrangler(["d1", "migrations", "apply", "DB", ...state], "pipe", registry));
  const token = randomUUID();
  const args = ["dev", "src/dev.ts", ...state, "--ip", "127.0.0.1", "--port", String(port)];
  const vars = ["--var", `DEV_TOKEN:${token}`, "--var", "LOG_LEVEL:error", "--show-interactive-dev-session=false"];
  const child = wrangler([...args, ...vars], "pipe", registry);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const isReady = () =>
    fetch(`${settings.baseUrl}/v1/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(isReady, 120_000, () => `not ready:\n${output}`);
  return { demo: await prepareDemo(settings, token), stop: () => stopFamily(child) };
}

/** Writes into the database behind the server's back. */
function write(place, sql, rows) {
  const dir = join(place.stateDir, "v3/d1/miniflare-D1DatabaseObject");
  const file = readdirSync(dir).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  const database = new DatabaseSync(join(dir, file), { timeout: 10_000 });
  database.exec("BEGIN IMMEDIATE");
  const statement = database.prepare(sql);
  for (const row of rows) statement.run(...row);
  database.exec("COMMIT");
  database.close();
}

describe("a server without WEBHOOK_LOOPBACK", { concurrency: false, timeout: 180_000 }, () => {
  const place = makePlace();
  let canary;
  let server;
  let live;
  let site;
  let addresses;

  before(async () => {
    canary = await startCanary();
    addresses = hostile(canary.port);
    server = await startStrict(place);
    live = clientOf(server.demo.baseUrl, server.demo.keys.live);
    site = `/v1/sites/${server.demo.siteId}`;
  });

  after(async () => {
    await server?.stop();
    canary.close();
    place.remove();
  });

  it("is tried with 150 addresses and more, by a canary that notices", async () => {
    assert.ok(new Set(addresses).size >= 150, `${addresses.length}`);
    await assert.rejects(fetch(`http://127.0.0.1:${canary.port}/`));
    assert.equal(canary.connections, 1);
    canary.connections = 0;
  });

  it("takes none of them for an endpoint of the Platform API", async () => {
    for (const url of addresses) {
      const answer = await live.post("/api/v1/webhooks", { body: { url, events: ["*"] } });
      assert.equal(answer.status, 422, `${url}: ${answer.text}`);
    }
  });

  it("takes none of them for an endpoint of the Content API", async () => {
    // Half of them; the key has 50 calls a second, 600 a minute.
    for (const targetUrl of addresses.filter((_, index) => index % 2 === 0)) {
      const body = { targetUrl, events: ["*"] };
      const answer = await live.heedingLimits("POST", `${site}/webhooks`, { body });
      assert.equal(answer.status, 400, `${targetUrl}: ${answer.text}`);
    }
  });

  it("changes no endpoint to one of them", async () => {
    const made = await live.post("/api/v1/webhooks", { body: { url: PUBLIC, events: ["site.rolled_back"] } });
    const path = `/api/v1/webhooks/${made.body.data.id}`;
    for (const url of addresses) {
      const answer = await live.call("PATCH", path, { body: { url } });
      assert.equal(answer.status, 422, `${url}: ${answer.text}`);
    }
    assert.equal((await live.get(path)).body.data.url, PUBLIC);
    assert.equal((await live.call("DELETE", path)).status, 204);
  });

  it("sends nothing to one that is in the database all the same", async () => {
    const ids = [];
    for (const _ of addresses) {
      const made = await live.post("/api/v1/webhooks", { body: { url: PUBLIC, events: ["post.created"] } });
      assert.equal(made.status, 201, made.text);
      ids.push(made.body.data.id);
    }
    write(
      place,
      "UPDATE webhook_endpoints SET url = ? WHERE id = ?",
      addresses.map((url, index) => [url, ids[index]]),
    );
    const test = await live.post(`/api/v1/webhooks/${ids[0]}/test`);
    assert.equal(test.body.success, false, test.text);
    assert.match(test.body.error, /^Not sent: the address /);
    assert.equal((await live.post("/api/v1/posts", { body: { title: "Hello" } })).status, 201);
    const tried = await until(
      () => {
        const rows = query(place, "SELECT attempts FROM webhook_deliveries WHERE attempt > 0");
        return rows?.length === addresses.length && rows;
      },
      60_000,
      () => JSON.stringify(query(place, "SELECT status, attempt, count(*) FROM webhook_deliveries GROUP BY 1, 2")),
    );
    for (const { attempts } of tried) assert.match(JSON.parse(attempts)[0].error, /^Not sent: the address /);
  });

  it("has not knocked at the canary once", () => {
    assert.equal(canary.connections, 0);
  });
});
