import { importsOf } from "./imports.ts";
import { OWN_FILES, ROOMS, SURFACES, WITHOUT_SQL } from "./rooms.ts";

/** Files by their path below `src`, with their text. */
export type Tree = ReadonlyMap<string, string>;

interface Arrow {
  from: string;
  to: string;
  isTypeOnly: boolean;
}

/** The room a file lies in, whether the table knows it or not. */
export function roomOf(file: string): string {
  const [first = "", second = "", ...below] = file.split("/");
  if (second === "") return file === "env.ts" ? "env" : "root";
  return first === "core" && below.length > 0 ? `core/${second}` : first;
}

/** Where a relative import leads; begins with `..` when that is not below `src`. */
function resolved(from: string, specifier: string): string {
  const path = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === ".") continue;
    if (part === ".." && path.length > 0 && path.at(-1) !== "..") path.pop();
    else path.push(part);
  }
  return path.join("/");
}

const isAllowed = (from: string, to: string): boolean => {
  const room = roomOf(to);
  const allowed = ROOMS[roomOf(from)] ?? [];
  return allowed.some((entry) => entry === room || (roomOf(`${entry}/file.ts`) === room && to.startsWith(`${entry}/`)));
};

function breachesOfArrow(tree: Tree, { from, to, isTypeOnly }: Arrow): string[] {
  const arrow = `${from} imports ${to}`;
  // Data may come from elsewhere, as the version does from package.json; code may not.
  if (to.startsWith("..")) return to.endsWith(".json") ? [] : [`${arrow}, which is not part of src`];
  if (!tree.has(to)) return [`${arrow}, which does not exist`];
  const [room, target] = [roomOf(from), roomOf(to)];
  const breaches: string[] = [];
  if (room !== target && !isAllowed(from, to)) breaches.push(`${arrow}: ${room} may not import ${target}`);
  if (room !== target && room !== "root" && SURFACES.includes(target) && OWN_FILES.test(to)) {
    breaches.push(`${arrow}: endpoints and renderers of ${target} are its own`);
  }
  if (from === "env.ts" && !isTypeOnly) breaches.push(`${arrow}: the bindings import types only`);
  return breaches;
}

/** Circles of files, each as one way round. What `env.ts` names are types: nothing runs in a circle because of it. */
function circles(arrows: readonly Arrow[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of arrows) {
    if (from !== "env.ts") targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) found.push(`a circle: ${[...way.slice(start), file].join(" → ")}`);
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return found;
}

/** Rooms without a row, rows without a room, and rows that lead in a circle. */
function breachesOfTable(tree: Tree): string[] {
  const rooms = new Set([...tree.keys()].map(roomOf));
  const arrows = Object.entries(ROOMS).flatMap(([from, all]) =>
    all.filter((to) => to !== "env").map((to) => ({ from, to: roomOf(`${to}/file.ts`), isTypeOnly: false })),
  );
  return [
    ...[...rooms].filter((room) => !(room in ROOMS)).map((room) => `${room} is no room of the table`),
    ...Object.keys(ROOMS)
      .filter((room) => !rooms.has(room))
      .map((room) => `the table has a room ${room}, src has not`),
    ...circles(arrows.filter(({ from }) => from !== "env")),
  ];
}

/** Modules of ours that are loaded as the code runs, which costs every start-up (docs/platform.md, Start-up). */
const loadedLate = (from: string, source: string): string[] =>
  [...source.matchAll(/\bawait\s+import\(\s*["'](\.[^"']+)/g)].map(
    ([, specifier]) => `${from} loads ${specifier} as it runs: only libraries may be`,
  );

/** Everything in a tree that the table does not allow, in words; none when the walls hold. */
export function breachesOf(tree: Tree): string[] {
  const breaches = breachesOfTable(tree);
  const arrows: Arrow[] = [];
  for (const [from, source] of tree) {
    breaches.push(...loadedLate(from, source));
    for (const { specifier, isTypeOnly } of importsOf(source)) {
      if (/^\.{1,2}\//.test(specifier)) arrows.push({ from, to: resolved(from, specifier), isTypeOnly });
      else if (/^drizzle-orm(?:\/|$)/.test(specifier) && WITHOUT_SQL.test(from))
        breaches.push(`${from} imports ${specifier}: SQL is a service's`);
    }
  }
  return [...breaches, ...arrows.flatMap((arrow) => breachesOfArrow(tree, arrow)), ...circles(arrows)];
}
