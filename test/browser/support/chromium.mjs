import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { runningIn, until } from "../../e2e/support/dev-server.mjs";

const DEBIAN = "/usr/bin/chromium";
/** Unpacked beside the package it comes in, so that a new version never meets an old one's files. */
const UNPACKED = join(import.meta.dirname, "../node_modules/.chromium");
const CLOSE_TIMEOUT_MS = 10_000;

const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${UNPACKED}/fonts</dir><cachedir>${UNPACKED}/fonts-cache</cachedir></fontconfig>`;

/** The browser from npm, with the libraries and the font that a bare container lacks. */
async function unpack() {
  mkdirSync(UNPACKED, { recursive: true });
  const { TMPDIR } = process.env;
  // The package unpacks into the system's folder for temporary files, and only there.
  process.env.TMPDIR = UNPACKED;
  const { default: packed, inflate } = await import("@sparticuz/chromium");
  const archives = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "../bin");
  const executablePath = await packed.executablePath();
  const libraries = join(await inflate(join(archives, "al2023.tar.br")), "lib");
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;

  const fonts = join(UNPACKED, "fonts.conf");
  writeFileSync(fonts, FONTS);
  const hasFonts = existsSync("/etc/fonts/fonts.conf");
  return {
    executablePath,
    env: { ...process.env, LD_LIBRARY_PATH: libraries, ...(!hasFonts && { FONTCONFIG_FILE: fonts }) },
  };
}

/**
 * Starts Chromium: the one `CHROMIUM` names, Debian's, or the one from npm. Its own sandbox is off, since that does not
 * work for root in a container; what the pages may do is the same. `close` fails when a process is left behind.
 */
export async function openChromium() {
  const installed = process.env.CHROMIUM || (existsSync(DEBIAN) ? DEBIAN : null);
  const { executablePath, env } = installed ? { executablePath: installed, env: process.env } : await unpack();
  const server = await chromium.launchServer({ executablePath, env, chromiumSandbox: false });
  const group = server.process().pid;
  const browser = await chromium.connect(server.wsEndpoint());
  return {
    browser,
    async close() {
      await browser.close();
      await server.close();
      await until(
        () => runningIn(group).length === 0,
        CLOSE_TIMEOUT_MS,
        () => `left behind by the browser:\n${runningIn(group).join("\n")}`,
      );
    },
  };
}
