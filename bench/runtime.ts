import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { unstable_readConfig, unstable_splitSqlQuery } from "wrangler";
import { bundleCounted, bundleProduct, bundleWorker, ROOT } from "./bundle.ts";

export type WorkerName = "product" | "counted" | "setup" | "floor";

/** The running workers, each on a socket of workerd's own: no proxy stands between the load and what is measured. */
export interface Runtime {
  url(worker: WorkerName): Promise<URL>;
  /** Runs SQL in the database of the product or of the floor. */
  sql(database: "product" | "floor", statement: string, ...parameters: unknown[]): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Databases and objects are kept in memory where the system has a disk for that: each commit of an object would
 * otherwise wait for this machine's disk, which says nothing about the code or about production.
 */
const MEMORY_DISK = "/dev/shm";

type Bindings = Record<string, { type: string; [more: string]: unknown }>;

const config = unstable_readConfig({ config: join(ROOT, "wrangler.toml") });
const classes = config.durable_objects.bindings;

const objectBinding = (worker: WorkerName, exportName: string) => ({ type: "durable-object", worker, exportName });

/** The bindings of `wrangler.toml`; the objects live in the worker `holder`. Only failures are logged. */
const productBindings = (holder: WorkerName): Bindings => ({
  ...Object.fromEntries(Object.entries(config.vars).map(([name, value]) => [name, { type: "text", value }])),
  LOG_LEVEL: { type: "text", value: "error" },
  // The receiver of the deliveries is on this machine.
  WEBHOOK_LOOPBACK: { type: "text", value: "allow" },
  ...Object.fromEntries(config.d1_databases.map(({ binding }) => [binding, { type: "d1", id: "product" }])),
  ...Object.fromEntries(config.kv_namespaces.map(({ binding }) => [binding, { type: "kv", id: binding }])),
  ...Object.fromEntries(config.r2_buckets.map(({ binding }) => [binding, { type: "r2", name: binding }])),
  ...Object.fromEntries((config.queues.producers ?? []).map((it) => [it.binding, { type: "queue", name: it.queue }])),
  ...Object.fromEntries(classes.map((it) => [it.name, objectBinding(holder, it.class_name as string)])),
});

/** One worker with a socket of its own. `objects` are the Durable Object classes it holds. */
const worker = (name: WorkerName, script: string, env: Bindings, objects: string[]) => ({
  config: {
    name,
    compatibilityDate: config.compatibility_date as string,
    compatibilityFlags: config.compatibility_flags,
    manifest: { mainModule: "index.js", modules: { "index.js": { type: "esm" as const, contents: script } } },
    env: env as never,
    exports: Object.fromEntries(
      objects.map((it) => [it, { type: "durable-object" as const, storage: "sqlite" as const }]),
    ),
  },
  dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }], stripCfConnectingIp: false },
});

/** Starts product, floor, and the two workers that seed and count, with the migrations applied. */
export async function startRuntime(): Promise<Runtime> {
  const names = classes.map((it) => it.class_name as string);
  const [setup, floor, counted] = await Promise.all([
    bundleWorker("setup"),
    bundleWorker("floor"),
    bundleCounted(names),
  ]);
  const floorBindings = { DB: { type: "d1", id: "floor" }, FLOOR_OBJECT: objectBinding("floor", "FloorObject") };
  if (existsSync(MEMORY_DISK)) process.env.TMPDIR = MEMORY_DISK;
  const miniflare = new Miniflare({
    workers: [
      worker("product", bundleProduct(), productBindings("product"), names),
      worker("counted", counted, productBindings("counted"), names),
      worker("setup", setup, productBindings("product"), []),
      worker("floor", floor, floorBindings, ["FloorObject"]),
    ],
  });
  await miniflare.ready;
  const databaseOf = async (name: WorkerName) => (await miniflare.getBindings<{ DB: D1Database }>(name)).DB;
  const database = await databaseOf("product");
  for (const path of globSync("migrations/*.sql", { cwd: ROOT }).sort()) {
    const statements = unstable_splitSqlQuery(readFileSync(join(ROOT, path), "utf8"));
    await database.batch(statements.map((statement) => database.prepare(statement)));
  }
  return {
    url: (name) => miniflare.unsafeGetDirectURL(name),
    sql: async (name, statement, ...parameters) => {
      await (await databaseOf(name))
        .prepare(statement)
        .bind(...parameters)
        .run();
    },
    stop: () => miniflare.dispose(),
  };
}
