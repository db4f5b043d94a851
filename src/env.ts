import type { AnalyticsObject } from "./analytics/object/analytics-object.ts";
import type { KeyObject } from "./core/access/key-object.ts";
import type { Wake } from "./core/events/wake.ts";
import type { IpObject } from "./core/limits/ip-object.ts";
import type { LedgerObject } from "./core/limits/ledger-object.ts";
import type { SchedulerObject } from "./core/work/scheduler.ts";
import type { MailWake } from "./mail/wake.ts";
import type { VaultObject } from "./core/vault.ts";

/** The bindings of `wrangler.toml`. */
export interface Env {
  /** All tenant data. */
  DB: D1Database;
  /** Key hash → key id, workspace id, environment. Holds only what never changes: KV is stale for a minute or more. */
  KEY_INDEX: KVNamespace;
  /** What publishes have rendered, by site and deployment. */
  PUBLISHED: R2Bucket;
  /** What has been uploaded, by site and file, with the sizes that were asked for of pictures. */
  MEDIA: R2Bucket;
  /** Measures pictures and makes their sizes. */
  IMAGES: ImagesBinding;
  KEY_OBJECT: DurableObjectNamespace<KeyObject>;
  LEDGER_OBJECT: DurableObjectNamespace<LedgerObject>;
  IP_OBJECT: DurableObjectNamespace<IpObject>;
  SCHEDULER_OBJECT: DurableObjectNamespace<SchedulerObject>;
  VAULT_OBJECT: DurableObjectNamespace<VaultObject>;
  ANALYTICS_OBJECT: DurableObjectNamespace<AnalyticsObject>;
  /** Word of sites whose visitors have done something. */
  ANALYTICS: Queue<unknown>;
  /** Wake-ups for the delivery of webhooks. */
  WEBHOOKS: Queue<Wake>;
  /** Wake-ups for jobs. */
  JOBS: Queue<unknown>;
  /** Wake-ups for mails. */
  MAILS: Queue<MailWake>;
  /** Sends mails. Missing, none is sent and each says so. */
  MAIL?: SendEmail;
  /** The address mails are from, of a domain that is set up for sending. Empty: nothing can be sent. */
  MAIL_FROM: string;
  /** Workers AI, where it is bound. Used unless `AI_BASE_URL` names somebody else. */
  AI?: Ai;
  /** Address of a server that speaks OpenAI's protocol, with its version: `https://api.openai.com/v1`. Empty: none. */
  AI_BASE_URL: string;
  /** Its model; of Workers AI one of our choice when empty. */
  AI_MODEL: string;
  /** A secret: what that server is called with. */
  AI_API_KEY?: string;
  /** How long an answer of a model is waited for, at most 60; 45 when empty. */
  AI_TIMEOUT_SECONDS?: string;
  /** First part of a key's value: `optimo` gives `optimo_live_…`. */
  KEY_BRAND: string;
  /** First parts of keys whose hashes may be imported from another system, comma-separated; all else must be ours. */
  IMPORTED_KEY_PREFIXES: string;
  /** The domains the API is reached under, comma-separated, besides `workers.dev`. Links in mails lead to the first. */
  API_HOSTS: string;
  /** Where links in mails lead instead: `http://127.0.0.1:8787`. Set by `npm run dev` only, which has neither domain nor TLS. */
  API_ORIGIN?: string;
  /** Where domains are looked up: the address of a resolver that answers DNS over HTTPS as JSON. Empty: nowhere. */
  DNS_RESOLVER: string;
  /** `proven` takes domains that nobody can own as proven. Set by `npm run dev` and the tests only. */
  RESERVED_DOMAINS?: string;
  /** Where a caller without API access or allowance is sent. */
  UPGRADE_URL: string;
  /** `info` writes one JSON line per request, `error` only failures, `silent` none. */
  LOG_LEVEL: string;
  /** `allow` lets webhooks go to this machine. Set by `npm run dev` and the tests only; production has no such variable. */
  WEBHOOK_LOOPBACK?: string;
  /**
   * A server of this machine that stands for every push service. Set by the tests only; production has no such variable.
   */
  PUSH_LOOPBACK?: string;
}
