// What is said when a server cannot start, or starts without tables.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { freePort, makePlace, runningIn, startDev, until } from "./support/dev-server.mjs";

const READY = /Ready on http/;
const LACKS_TABLES = /^The database lacks tables: run `npm run migrate:local`, or/;

/** What a start says that does not come to anything. */
async function refusal(place, port) {
  const server = startDev(place, port);
  assert.notEqual(await server.exited, 0, server.output());
  assert.equal(runningIn(server.group).length, 0);
  return server.output();
}

describe("npm run dev, when it cannot start", { timeout: 300_000 }, () => {
  const place = makePlace();
  let server;

  after(async () => {
    await server?.kill();
    place.remove();
  });

  it("refuses a folder it cannot write, and says which setting names it", async () => {
    writeFileSync(join(dirname(place.demoFile), "file"), "");
    const below = join(dirname(place.demoFile), "file", "below");
    const port = await freePort();
    assert.match(
      await refusal({ ...place, stateDir: below }, port),
      /STATE_DIR \S+below cannot be written: .+Choose a/,
    );
    assert.match(
      await refusal({ ...place, demoFile: below }, port),
      /DEMO_FILE \S+below cannot be written: .+Name one/,
    );
    const folder = dirname(place.demoFile);
    assert.match(await refusal({ ...place, demoFile: folder }, port), /is a folder\. .+: DEMO_FILE=\S+demo\.json$/m);
    assert.equal(existsSync(place.stateDir), false);
  });

  it("refuses a second server on the same data, and says who has it", async () => {
    const port = await freePort();
    server = startDev(place, port);
    await server.ready();
    const { pid } = JSON.parse(readFileSync(join(place.stateDir, "dev-server.json"), "utf8"));
    const said = await refusal({ ...place, demoFile: `${place.demoFile}.2` }, await freePort());
    assert.ok(said.includes(`STATE_DIR ${place.stateDir} is in use by`), said);
    assert.ok(said.includes(`process ${pid} on port ${port}`), said);
    assert.match(said, /PORT=\d+ STATE_DIR=\S+ DEMO_FILE=\S+ npm run dev/);
  });

  it("names a second port, folder and demo file where the port is busy", async () => {
    const port = Number(new URL(place.demo().baseUrl).port);
    const said = await refusal(place, port);
    assert.ok(said.includes(`Port ${port} is busy`), said);
    const other = port + 1;
    assert.ok(
      said.includes(`PORT=${other} STATE_DIR=.wrangler/state-${other} DEMO_FILE=.dev/demo-${other}.json`),
      said,
    );
  });

  it("takes over from a script that was killed, and ends the server it has left behind", async () => {
    const { pid, serverPid, port } = JSON.parse(readFileSync(join(place.stateDir, "dev-server.json"), "utf8"));
    process.kill(pid, "SIGKILL");
    const left = server;
    const isRunning = (it) => runningIn(left.group).some((line) => Number.parseInt(line, 10) === it);
    await until(() => !isRunning(pid), 5_000, "it survives SIGKILL");
    assert.ok(isRunning(serverPid));
    server = startDev(place, port);
    await server.ready();
    assert.match(server.output(), new RegExp(`Ended process ${serverPid}, which`));
    assert.equal(runningIn(left.group).length, 0);
  });
});

describe("wrangler dev, in a fresh clone", { timeout: 300_000 }, () => {
  const place = makePlace();
  let child;

  after(() => {
    if (child) process.kill(-child.pid, "SIGKILL");
    place.remove();
  });

  it("says which command makes the tables, and goes on once they are there", async () => {
    const port = await freePort();
    const state = ["--persist-to", place.stateDir];
    child = spawn("npx", ["wrangler", "dev", "--ip", "127.0.0.1", "--port", String(port), ...state], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false", CI: "1" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    await until(
      () => READY.test(output),
      60_000,
      () => output,
    );
    // Not kept alive: the server may close a connection while the tables are made.
    const health = () => fetch(`http://127.0.0.1:${port}/v1/health`, { headers: { Connection: "close" } });
    const before = await health();
    assert.equal(before.status, 503);
    assert.match((await before.json()).error.message, LACKS_TABLES);
    await until(
      () => output.includes('"detail":"The database lacks tables: run `npm run migrate:local`'),
      10_000,
      () => output,
    );
    const made = spawnSync("npm", ["run", "migrate:local"], {
      encoding: "utf8",
      env: { ...process.env, STATE_DIR: place.stateDir },
    });
    assert.equal(made.status, 0, made.stderr);
    assert.equal((await health()).status, 200);
  });
});
