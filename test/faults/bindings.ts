import { env } from "cloudflare:workers";
import type { Wake } from "../../src/core/events/wake.ts";
import type { Env } from "../../src/env.ts";

/** Stands before every call of a binding: lets it through, holds it up, or throws before or after it. */
export type Gatekeeper = <T>(binding: keyof Env, run: () => Promise<T>) => Promise<T>;

const ASYNC_STATEMENT = new Set(["first", "all", "run", "raw"]);
const originals = new WeakMap<object, D1PreparedStatement>();

function statement(real: D1PreparedStatement, gate: Gatekeeper): D1PreparedStatement {
  const proxy = new Proxy(real, {
    get(target, name) {
      if (name === "bind") return (...values: unknown[]) => statement(target.bind(...values), gate);
      const member = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      if (!ASYNC_STATEMENT.has(String(name))) return member;
      return (...args: unknown[]) => gate("DB", () => member.apply(target, args));
    },
  });
  originals.set(proxy, real);
  return proxy;
}

const database = (real: D1Database, gate: Gatekeeper): D1Database =>
  ({
    prepare: (sql: string) => statement(real.prepare(sql), gate),
    batch: (list: D1PreparedStatement[]) => gate("DB", () => real.batch(list.map((it) => originals.get(it) ?? it))),
  }) as unknown as D1Database;

/** A namespace or a bucket, whose every method is a call. */
const store = <T extends object>(real: T, binding: keyof Env, gate: Gatekeeper): T =>
  new Proxy(real, {
    get: (target, name) => {
      const member = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => gate(binding, () => member.apply(target, args));
    },
  });

type Namespace = { getByName(name: string): object };

/** A namespace whose objects' methods pass the gate. */
const namespace = <T>(real: T, binding: keyof Env, gate: Gatekeeper): T =>
  ({
    getByName: (name: string) =>
      new Proxy((real as Namespace).getByName(name), {
        get:
          (stub, name) =>
          (input: unknown, ...rest: unknown[]) =>
            gate(
              binding,
              () =>
                (stub as Record<string, (...args: unknown[]) => Promise<unknown>>)[String(name)]?.(
                  input,
                  ...rest,
                ) as never,
            ),
      }),
  }) as T;

/** Told of each wake-up that has reached the queue. */
type Sent = (wake: Wake) => void;

const wakeQueue = (real: Queue<Wake>, gate: Gatekeeper, sent: Sent): Queue<Wake> =>
  ({
    sendBatch: (messages: MessageSendRequest<Wake>[]) =>
      gate("WEBHOOKS", async () => {
        await real.sendBatch(messages);
        for (const { body } of messages) sent(body);
      }),
  }) as unknown as Queue<Wake>;

/** The Worker's bindings with a gatekeeper before each of them. */
export const guarded = (gate: Gatekeeper, sent: Sent = () => {}): Env => ({
  ...env,
  LOG_LEVEL: "silent",
  DB: database(env.DB, gate),
  KEY_INDEX: store(env.KEY_INDEX, "KEY_INDEX", gate),
  PUBLISHED: store(env.PUBLISHED, "PUBLISHED", gate),
  KEY_OBJECT: namespace(env.KEY_OBJECT, "KEY_OBJECT", gate),
  LEDGER_OBJECT: namespace(env.LEDGER_OBJECT, "LEDGER_OBJECT", gate),
  IP_OBJECT: namespace(env.IP_OBJECT, "IP_OBJECT", gate),
  SCHEDULER_OBJECT: namespace(env.SCHEDULER_OBJECT, "SCHEDULER_OBJECT", gate),
  ANALYTICS_OBJECT: namespace(env.ANALYTICS_OBJECT, "ANALYTICS_OBJECT", gate),
  VAULT_OBJECT: namespace(env.VAULT_OBJECT, "VAULT_OBJECT", gate),
  WEBHOOKS: wakeQueue(env.WEBHOOKS, gate, sent),
});
