// A Vite plugin for vitest.config.ts: makes stack traces from workerd point at the lines of the sources.
import { readFileSync } from "node:fs";
import type { Plugin } from "vitest/config";
import type { PoolRunnerInitializer, PoolWorker } from "vitest/node";

/** Vitest's cache holds a module's code and, behind this, its source map. */
const MAP_MARK = "\n//# vitestSourceMap=";

interface Transformed {
  code: string;
  sourceMap?: string;
}

/**
 * Vitest answers a worker's question for a module with the name of a file in its cache. The Workers pool reads that
 * file for workerd, which cannot, but hands code and map over as one; Vitest then finds no map and reports the lines
 * of what was compiled. So the two are told apart here, before the pool looks.
 */
export function sourceLines(): Plugin {
  const read = new Map<string, Transformed>();
  const transformed = (path: string): Transformed => {
    const known = read.get(path) ?? split(readFileSync(path, "utf8"));
    read.set(path, known);
    return known;
  };
  return {
    name: "source-lines",
    configureVitest({ project }) {
      const pool = project.config.poolRunner as PoolRunnerInitializer;
      project.config.poolRunner = {
        ...pool,
        createPoolWorker: (options) => {
          const worker: PoolWorker = pool.createPoolWorker(options);
          const send = worker.send.bind(worker);
          worker.send = (message) => send(withMaps(message, transformed));
          return worker;
        },
      };
    },
  };
}

function split(content: string): Transformed {
  const at = content.lastIndexOf(MAP_MARK);
  if (at < 0) return { code: content };
  const map = content.slice(at + MAP_MARK.length);
  return { code: content.slice(0, at), sourceMap: map && JSON.stringify({ ...JSON.parse(map), sourcesContent: [] }) };
}

type Answer = Record<string, unknown>;
const isObject = (value: unknown): value is Answer => typeof value === "object" && value !== null;

/** An answer to a worker's question for one module, or for all it is known to need, by their names. */
function withMaps<Message>(message: Message, transformed: (path: string) => Transformed): Message {
  const inlined = (module: unknown) => {
    if (!isObject(module) || module.cached !== true || typeof module.tmp !== "string") return module;
    const { cached, tmp, ...rest } = module;
    return { ...rest, ...transformed(tmp) };
  };
  if (!isObject(message) || message.t !== "s" || !isObject(message.r) || Array.isArray(message.r)) return message;
  const answer = message.r;
  const r =
    "cached" in answer
      ? inlined(answer)
      : Object.fromEntries(Object.entries(answer).map(([id, it]) => [id, inlined(it)]));
  return { ...message, r };
}
