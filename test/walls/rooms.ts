/**
 * The rooms of `src` and which rooms each may import. This table is all there is: what is not in it is not allowed, for no
 * file. Arrows run down: what stands above may use what stands below, never the other way round.
 *
 * A room is a folder of `src`; below `src/core` every folder is one, and `core` are its own files. `root` are the files
 * of `src` itself, which put everything together; `env` is `src/env.ts`. An entry may also name one folder of a room.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  // Bindings of the Worker. It names the classes of Durable Objects, as types only: everything may name it in turn.
  env: ["core", "core/work", "core/limits", "core/access", "core/events", "analytics", "mail"],

  // The core, which knows no resource. Its rooms, lowest first.
  core: ["env"],
  "core/keys": ["core"],
  "core/storage": ["env", "core", "core/keys"],
  "core/tenancy": ["core", "core/keys", "core/storage"],
  // What an endpoint hears is decided by the row of its key.
  "core/events": ["env", "core", "core/keys", "core/storage", "core/tenancy"],
  "core/work": ["env", "core", "core/keys", "core/storage", "core/events"],
  "core/limits": ["env", "core", "core/keys", "core/storage", "core/events", "core/work", "core/tenancy"],
  "core/access": ["env", "core", "core/keys", "core/storage", "core/work", "core/tenancy", "core/limits"],
  "core/http": [...coreBelowHttp()],

  // Rooms that surfaces share.
  rendering: ["core"],
  analytics: [...wholeCore()],
  webhooks: [...wholeCore()],
  mail: [...wholeCore()],
  push: [...wholeCore()],

  // Surfaces.
  content: [...wholeCore(), "rendering", "analytics", "webhooks", "mail", "push"],
  visitors: [...wholeCore(), "rendering", "analytics", "content"],
  mcp: [...wholeCore(), "analytics", "content"],
  platform: [...wholeCore(), "analytics", "webhooks", "mail", "push", "content", "mcp"],
  delivery: [...wholeCore(), "analytics", "content", "platform/posts"],
  dev: [...wholeCore(), "analytics", "content", "platform"],

  // How the description says what the endpoints do not say of themselves.
  openapi: [...wholeCore()],

  // The composition root.
  root: [
    ...[...wholeCore(), "rendering", "analytics", "webhooks", "mail", "push"],
    ...["content", "visitors", "mcp", "platform", "delivery", "dev", "openapi"],
  ],
};

function coreBelowHttp(): string[] {
  return ["env", "core", "core/keys", "core/storage", "core/events"].concat(
    ["work", "tenancy", "limits", "access"].map((name) => `core/${name}`),
  );
}

function wholeCore(): string[] {
  return [...coreBelowHttp(), "core/http"];
}

/** Rooms that answer requests, each in its own words: their endpoints and renderers are nobody else's. */
export const SURFACES: readonly string[] = ["content", "visitors", "mcp", "platform", "delivery"];

/**
 * Files of a surface that only the surface itself and the composition root import. A `contract.ts` is not among them: it
 * says what a service takes and answers, so whoever may call the service may read it.
 */
export const OWN_FILES = /(?:^|[/.])(?:routes|surface)\.ts$|\/routes\//;

/** Files, by room or role, that import no SQL: endpoints call a service, services query; a renderer knows no table. */
export const WITHOUT_SQL = /^rendering\/|(?:^|[/.])(?:routes|contract|surface)\.ts$|\/routes\//;
