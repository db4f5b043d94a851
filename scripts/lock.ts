// `npm run lock`: writes the lock files anew after a change of package.json. With --check it says whether they are whole.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The folders with a package.json of their own. */
const FOLDERS = [".", "test/browser"];

interface Package {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  libc?: string[];
  resolved?: string;
}

interface Lock {
  packages: Record<string, Package>;
}

/** Where node looks for a package from `path` on: the nearest node_modules first. */
function* places(path: string, name: string): Generator<string> {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    yield `${at && `${at}/`}node_modules/${name}`;
    if (!at) return;
  }
}

/**
 * What keeps a lock file from being the same for everybody: a platform's packages that are missing, with which `npm ci`
 * fails there; addresses of one registry; and `libc`, which npm 11 writes and npm 10 takes out again.
 */
function faults({ packages }: Lock): string[] {
  const found: string[] = [];
  for (const [path, it] of Object.entries(packages)) {
    const needed = { ...it.dependencies, ...it.optionalDependencies, ...(path === "" && it.devDependencies) };
    for (const name of Object.keys(needed)) {
      const isThere = [...places(path, name)].some((place) => packages[place]);
      if (!isThere) found.push(`${name}, which ${path || "package.json"} asks for, is missing`);
    }
    if (it.resolved) found.push(`${path} names a registry`);
    if (it.libc) found.push(`${path} names a libc`);
  }
  return found;
}

/** In a folder without node_modules npm looks at every platform; beside one, only at what is installed here. */
function lockAnew(folder: string): string {
  const dir = mkdtempSync(join(tmpdir(), "lock-"));
  try {
    for (const name of ["package.json", "package-lock.json", ".npmrc"])
      copyFileSync(join(folder, name), join(dir, name));
    execFileSync("npm", ["install", "--package-lock-only"], { cwd: dir, stdio: ["ignore", "ignore", "inherit"] });
    const lock = JSON.parse(readFileSync(join(dir, "package-lock.json"), "utf8")) as Lock;
    for (const it of Object.values(lock.packages)) delete it.libc;
    return `${JSON.stringify(lock, null, 2)}\n`;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const isCheck = process.argv.includes("--check");
for (const folder of FOLDERS) {
  const file = join(folder, "package-lock.json");
  if (!isCheck) writeFileSync(file, lockAnew(folder));
  const found = faults(JSON.parse(readFileSync(file, "utf8")));
  if (found.length === 0) continue;
  console.error(`${file} is not the same for everybody: run npm run lock\n  ${found.join("\n  ")}`);
  process.exitCode = 1;
}
