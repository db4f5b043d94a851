import type { DurableObject } from "cloudflare:workers";

/** What is billed by the piece. Rows of objects are those of their SQLite storage; a stored value or alarm is one. */
export interface Operations {
  objectCalls: number;
  alarms: number;
  kvReads: number;
  kvWrites: number;
  queueMessages: number;
  /** Class B operations. */
  bucketReads: number;
  /** Class A operations; deleting is free. */
  bucketWrites: number;
  queries: number;
  rowsRead: number;
  rowsWritten: number;
  objectRowsRead: number;
  objectRowsWritten: number;
}

/** `request`: asked for by the Worker on the caller's behalf. `objects`: by Durable Objects, now and then. */
export interface Counts {
  request: Operations;
  objects: Operations;
}

const none = (): Operations => ({
  objectCalls: 0,
  alarms: 0,
  kvReads: 0,
  kvWrites: 0,
  queueMessages: 0,
  bucketReads: 0,
  bucketWrites: 0,
  queries: 0,
  rowsRead: 0,
  rowsWritten: 0,
  objectRowsRead: 0,
  objectRowsWritten: 0,
});

/** The Worker and its objects share an isolate here, and with it these figures. */
const counts: Counts = { request: none(), objects: none() };

/** A view of `target` in which the named members are replaced; methods of the others keep their `this`. */
function replacing<T extends object>(target: T, members: Record<string, unknown>): T {
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(members, name)) return members[name as string];
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const statements = new WeakMap<object, D1PreparedStatement>();

function countedStatement(statement: D1PreparedStatement, to: Operations): D1PreparedStatement {
  const all = async () => counted(await statement.all(), to);
  const view = replacing(statement, {
    bind: (...values: unknown[]) => countedStatement(statement.bind(...values), to),
    all,
    run: all,
    first: async () => (await all()).results[0] ?? null,
    // Only `all` tells the rows read: the same read is made once more for it.
    raw: async (...options: []) => {
      await all();
      return statement.raw(...options);
    },
  });
  statements.set(view, statement);
  return view;
}

function counted<T extends D1Result>(result: T, to: Operations): T {
  to.queries += 1;
  to.rowsRead += result.meta.rows_read;
  to.rowsWritten += result.meta.rows_written;
  return result;
}

const countedDatabase = (db: D1Database, to: Operations): D1Database =>
  replacing(db, {
    prepare: (sql: string) => countedStatement(db.prepare(sql), to),
    batch: async (list: D1PreparedStatement[]) => {
      const results = await db.batch(list.map((it) => statements.get(it) ?? it));
      return results.map((it) => counted(it, to));
    },
  });

const countedKv = (kv: KVNamespace, to: Operations): KVNamespace =>
  replacing(kv, {
    get: (...given: Parameters<KVNamespace["get"]>) => {
      to.kvReads += 1;
      return kv.get(...given);
    },
    put: (...given: Parameters<KVNamespace["put"]>) => {
      to.kvWrites += 1;
      return kv.put(...given);
    },
  });

const countedNamespace = (namespace: DurableObjectNamespace, to: Operations): DurableObjectNamespace =>
  replacing(namespace, {
    getByName: (name: string) => {
      const stub = namespace.getByName(name);
      return new Proxy(stub, {
        get(_, method) {
          const member = Reflect.get(stub, method, stub);
          if (typeof member !== "function") return member;
          return (...given: unknown[]) => {
            to.objectCalls += 1;
            return (stub as unknown as Record<PropertyKey, (...args: unknown[]) => unknown>)[method]?.(...given);
          };
        },
      });
    },
  });

const countedQueue = (queue: Queue<unknown>, to: Operations): Queue<unknown> =>
  replacing(queue, {
    send: (...given: Parameters<Queue<unknown>["send"]>) => {
      to.queueMessages += 1;
      return queue.send(...given);
    },
    sendBatch: (messages: MessageSendRequest<unknown>[]) => {
      to.queueMessages += messages.length;
      return queue.sendBatch(messages);
    },
  });

function countedBucket(bucket: R2Bucket, to: Operations): R2Bucket {
  const one = (figure: "bucketReads" | "bucketWrites", method: "get" | "head" | "put" | "list") => {
    const run = (bucket[method] as (...given: unknown[]) => unknown).bind(bucket);
    return (...given: unknown[]) => {
      to[figure] += 1;
      return run(...given);
    };
  };
  return replacing(bucket, {
    get: one("bucketReads", "get"),
    head: one("bucketReads", "head"),
    put: one("bucketWrites", "put"),
    list: one("bucketWrites", "list"),
  });
}

type AnyEnv = Record<string, unknown>;
const views = new WeakMap<object, AnyEnv>();

/** The bindings by what they can do, each counted to `to`. */
function countedEnv(env: AnyEnv, to: Operations): AnyEnv {
  const known = views.get(env);
  if (known) return known;
  const view = Object.fromEntries(
    Object.entries(env).map(([name, binding]) => {
      if (typeof binding !== "object" || binding === null) return [name, binding];
      if ("idFromName" in binding) return [name, countedNamespace(binding as DurableObjectNamespace, to)];
      if ("prepare" in binding) return [name, countedDatabase(binding as D1Database, to)];
      if ("sendBatch" in binding) return [name, countedQueue(binding as Queue<unknown>, to)];
      if ("createMultipartUpload" in binding) return [name, countedBucket(binding as R2Bucket, to)];
      if ("getWithMetadata" in binding) return [name, countedKv(binding as KVNamespace, to)];
      return [name, binding];
    }),
  );
  views.set(env, view);
  return view;
}

/** Cursors tell their rows only once they were read to the end, so they are asked when the figures are. */
let cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];

function countedStorage(storage: DurableObjectStorage): DurableObjectStorage {
  const to = counts.objects;
  const row = <Args extends unknown[], Result>(figure: keyof Operations, run: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      to[figure] += 1;
      return run(...args);
    };
  };
  const { kv, sql } = storage;
  return replacing(storage, {
    kv: replacing(kv, {
      get: row("objectRowsRead", kv.get.bind(kv)),
      put: row("objectRowsWritten", kv.put.bind(kv)),
      delete: row("objectRowsWritten", kv.delete.bind(kv)),
    }),
    sql: replacing(sql, {
      exec: (query: string, ...values: unknown[]) => {
        const cursor = sql.exec(query, ...values);
        cursors.push(cursor);
        return cursor;
      },
    }),
    get: row("objectRowsRead", storage.get.bind(storage) as (...args: unknown[]) => unknown),
    put: row("objectRowsWritten", storage.put.bind(storage) as (...args: unknown[]) => unknown),
    delete: row("objectRowsWritten", storage.delete.bind(storage) as (...args: unknown[]) => unknown),
    setAlarm: row("objectRowsWritten", storage.setAlarm.bind(storage)),
  });
}

type ObjectClass = new (ctx: DurableObjectState, env: never) => DurableObject;

/** The object with counted bindings and storage, from its constructor on: what it keeps of them there is counted as well. */
export function countedObject(Base: ObjectClass): ObjectClass {
  return class extends Base {
    constructor(ctx: DurableObjectState, env: never) {
      // The runtime takes no other object for its own, so that its storage is replaced within it.
      Object.defineProperty(ctx, "storage", { value: countedStorage(ctx.storage) });
      super(ctx, countedEnv({ ...(env as AnyEnv) }, counts.objects) as never);
    }

    async alarm(info?: AlarmInvocationInfo): Promise<void> {
      counts.objects.alarms += 1;
      await super.alarm?.(info);
    }
  };
}

/** The figures since the last time they were taken. */
function takeCounts(): Counts {
  for (const { rowsRead, rowsWritten } of cursors) {
    counts.objects.objectRowsRead += rowsRead;
    counts.objects.objectRowsWritten += rowsWritten;
  }
  cursors = [];
  const taken = structuredClone(counts);
  Object.assign(counts.request, none());
  Object.assign(counts.objects, none());
  return taken;
}

interface Product {
  fetch(request: Request, env: never, ctx: never): unknown;
  queue(batch: never, env: never): Promise<void>;
}

/** Hands the webhook consumer a batch of wake-ups, as the queue would: messages of ten endpoints, ten at a time. */
async function deliverDue(product: Product, request: Request, env: AnyEnv): Promise<Response> {
  const ids = await request.json<number[]>();
  for (let from = 0; from < ids.length; from += 100) {
    const messages = [{ body: { endpointIds: ids.slice(from, from + 100) } }];
    await product.queue({ queue: "edge-cms-webhooks", messages } as never, env as never);
  }
  return new Response();
}

/** The Worker with counted bindings; `GET /bench/counts` takes the figures, `POST /bench/deliver-due` delivers webhooks. */
export function countedWorker(product: Product) {
  return {
    async fetch(request: Request, env: AnyEnv, ctx: ExecutionContext) {
      const { pathname } = new URL(request.url);
      if (pathname === "/bench/counts") return Response.json(takeCounts());
      if (pathname === "/bench/deliver-due") return deliverDue(product, request, countedEnv(env, counts.request));
      return product.fetch(request, countedEnv(env, counts.request) as never, ctx as never);
    },
  };
}
