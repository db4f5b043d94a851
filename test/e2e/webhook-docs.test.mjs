// The code of docs/webhooks.md, run as it stands there.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { freePort, until } from "./support/dev-server.mjs";
import { signatureOf, signedDelivery } from "./support/signed-delivery.mjs";

const GUIDE = readFileSync("docs/webhooks.md", "utf8");
const FENCE = /^```(?:js|python)\n(?:\/\/|#) (.+)\n([\s\S]+?)^```/gm;
/** The guide's programs by what their first line calls them. */
const PROGRAMS = new Map([...GUIDE.matchAll(FENCE)].map(([, name, code]) => [name, code]));

const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;
const SECRET = newSecret();
const OTHER = newSecret();
const delivery = (change) => signedDelivery({ body: '{"id":"evt_1","type":"post.created","data":"Müsli"}', ...change });

const good = delivery({ secrets: [SECRET] });
const CASES = [
  ["a good delivery", true, good],
  ["the new of two secrets", true, delivery({ secrets: [SECRET, OTHER] })],
  ["the old of two secrets", true, delivery({ secrets: [OTHER, SECRET] })],
  ["a changed body", false, { ...good, body: good.body.replace("post", "page") }],
  ["a changed id", false, { ...good, headers: { ...good.headers, "webhook-id": "evt_2" } }],
  ["another secret", false, delivery({ secrets: [OTHER] })],
  ["an old delivery", false, delivery({ secrets: [SECRET], ageSeconds: 400 })],
  ["a delivery from the future", false, delivery({ secrets: [SECRET], ageSeconds: -400 })],
  ["no signature", false, { ...good, headers: {} }],
];

/** Writes files into a directory of their own, from which this project's packages can be imported. */
function directoryOf(files) {
  const dir = mkdtempSync(join(tmpdir(), "edge-cms-guide-"));
  symlinkSync(resolve("node_modules"), join(dir, "node_modules"));
  for (const [name, code] of Object.entries(files)) writeFileSync(join(dir, name), code);
  return dir;
}

for (const verify of ["verify.mjs", "verify.mjs, with the package"]) {
  describe(`the guide's Node server, ${verify}`, { timeout: 60_000 }, () => {
    const dir = directoryOf({ "verify.mjs": PROGRAMS.get(verify), "server.mjs": PROGRAMS.get("server.mjs") });
    let url;
    let server;

    before(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      const env = { ...process.env, PORT: String(port), WEBHOOK_SECRET: SECRET };
      server = spawn(process.execPath, ["server.mjs"], { cwd: dir, env, stdio: ["ignore", "ignore", "inherit"] });
      await until(() => fetch(url).catch(() => null), 10_000, "the guide's server does not answer");
    });

    after(() => {
      server.kill();
      rmSync(dir, { recursive: true });
    });

    for (const [name, isGenuine, { headers, body }] of CASES) {
      it(`${isGenuine ? "accepts" : "refuses"} ${name}`, async () => {
        assert.equal((await fetch(url, { method: "POST", headers, body })).status, isGenuine ? 204 : 401);
      });
    }
  });
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("the guide's Python", { skip: !hasPython && "there is no python3" }, () => {
  const check = `
import json, sys
from verify import verify
for it in json.load(sys.stdin):
    event = verify(it["body"].encode(), it["headers"], "${SECRET}")
    print(event["type"] if event else None)`;

  it("accepts what is genuine and nothing else", () => {
    const dir = directoryOf({ "verify.py": PROGRAMS.get("verify.py") });
    const input = JSON.stringify(CASES.map(([, , it]) => it));
    const { stdout, stderr } = spawnSync("python3", ["-c", check], { cwd: dir, input, encoding: "utf8" });
    rmSync(dir, { recursive: true });
    const expected = CASES.map(([, isGenuine]) => (isGenuine ? "post.created" : "None"));
    assert.deepEqual(stdout.trim().split(/\s+/), expected, stderr);
  });
});

it("the guide's example has the signature it names", () => {
  const [, secret] = GUIDE.match(/"secret": "(whsec_[^"]+)"/);
  const [, id, timestamp, body, signature] = GUIDE.match(
    /the id `(.+?)`, the timestamp\s+`(\d+)` and the body `(.+?)` give the signature `(v1,.+?)`/,
  );
  assert.equal(signatureOf({ id, timestamp, body, secret }), signature);
});
