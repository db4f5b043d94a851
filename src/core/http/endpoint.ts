import type { z } from "@hono/zod-openapi";
import type { Guarded } from "../access/authorise.ts";
import type { Ctx } from "../work/context.ts";
import type { ErrorCode } from "../errors.ts";
import type { IpLimitName } from "../limits/ip-limits.ts";
import type { KeyCharges, MetricCosts } from "../limits/key-limits.ts";
import type { ListPage } from "./surface.ts";
import type { Within } from "./within.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** What a handler gives the pipeline to render. */
export interface Reply<Data> {
  /** Defaults to the endpoint's success status. */
  status?: number;
  data?: Data;
  /** Set instead of `data` by lists. */
  page?: ListPage & { items: Data[] };
  /** Set instead of `data` by an endpoint whose success is text of a type of its own. */
  text?: string;
  /** Like `text`, in parts that are made while they are sent. */
  parts?: AsyncIterable<string>;
  /** The resource's version: the part of its ETag that If-Match compares. */
  version?: number;
  headers?: Record<string, string>;
  /** Not the last word: it is not stored under the caller's Idempotency-Key, so that the same call runs again. */
  isProvisional?: boolean;
  /** Of an endpoint with `endsKey`: until when the key it ends may ask for this answer again. */
  repeatableUntil?: number;
}

export interface EndpointInput<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** The versions If-Match allows; `null` when the caller does not care, none when it names none of ours. */
  expectedVersions: readonly number[] | null;
}

/** One operation of a surface: everything the pipeline, the description and the generated tests need to know of it. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Data extends z.ZodType = z.ZodType,
> extends Guarded {
  method: Method;
  /** Below the surface's base path, parameters in braces: `/sites/{siteId}/pages`. */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  /** Limits charged on top of the surface's own. */
  charges?: KeyCharges;
  /** Has limits beyond the key's own, such as a cooldown: a call that they denied is denied at once until its time. */
  limitedBeyond?: boolean;
  /** Monthly allowances of the workspace a call draws on besides API calls: `{ mcp_calls: 1 }`. */
  metrics?: MetricCosts;
  /** The bucket of the caller's address that a `public` endpoint charges; `frontend` unless it has its own. */
  ipLimit?: IpLimitName;
  /** Called by the scripts of visitors' pages: answers any origin, and preflights (docs/contract.md §3). */
  cors?: boolean;
  /** Takes JSON labelled `text/plain` too, which is how `navigator.sendBeacon` spares the preflight. */
  beacon?: boolean;
  /** Takes lines of CSV labelled `text/csv` too, as if they were sent as `{ csv }`. */
  csv?: boolean;
  /** The last path parameter takes the rest of the path, slashes included. */
  restParam?: boolean;
  params?: Params;
  query?: Query;
  body?: Body;
  /** How the description shows the body, where what it may be depends on the query. */
  describedBody?: z.ZodType;
  /** Instead of `body`: the fields of a `multipart/form-data` body, which has at most so many bytes. */
  form?: { fields: Body; maxBytes: number };
  /** The body is bytes that only its own `handle` knows what to do with: nothing of them is read before. */
  streams?: boolean;
  /** A call without a body is answered as if it had sent `{}`. */
  bodyOptional?: boolean;
  success: {
    status: number;
    description: string;
    data?: Data;
    /** How the description shows it, where the whole resource says more than all that can be left out of it. */
    described?: z.ZodType;
    list?: boolean;
    /** Of its items a caller may choose fields: any of them can be left out. */
    selectable?: boolean;
    /** What `text` is, where it answers that: `text/csv`. */
    textType?: string;
    /** A 202 that tells where what it has begun is to be found; 201 always does. */
    located?: boolean;
    also?: { status: number; description: string }[];
  };
  /** Errors beyond those every endpoint of its kind can give. */
  errors?: ErrorCode[];
  /** A call without an Idempotency-Key is refused. */
  needsIdempotencyKey?: boolean;
  /** Cannot be an operation of a batch, as those that take something else than JSON. */
  byItself?: boolean;
  /** The resource carries an ETag: GET answers 304, writes honour If-Match. */
  etag?: boolean;
  /**
   * The path parameter that names the key it ends. A key that ends itself is given a lost answer again: while it still
   * works, and by Idempotency-Key for a minute afterwards.
   */
  endsKey?: string;
  /** Refuses resources the caller may not touch; runs before the input is read. */
  authorise?: Authorise<z.output<Params>>;
  handle(at: {
    ctx: Ctx;
    input: EndpointInput<z.output<Params>, z.output<Query>, z.output<Body>>;
    /** For what an endpoint reads off headers (Origin, User-Agent); the body has been read, unless it `streams`. */
    request: Request;
    /** Answers an operation that came within the call, as a call of its own. */
    within: Within;
  }): Promise<Reply<z.input<Data>>>;
}

type Authorise<Params> = (ctx: Ctx, params: Params, query: () => URLSearchParams) => Promise<void>;

/** Several checks as one: each is asked once those before it have let the caller through, and none replaces another. */
export function inOrder<Params>(first: Authorise<Params>, then: Authorise<Params> | undefined): Authorise<Params> {
  if (!then) return first;
  return async (ctx, params, query) => {
    await first(ctx, params, query);
    await then(ctx, params, query);
  };
}

/** Keeps the schemas' types while the endpoint is handed on as data. */
export function defineEndpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Data extends z.ZodType,
>(endpoint: Endpoint<Params, Query, Body, Data>): Endpoint {
  return endpoint as unknown as Endpoint;
}

export const isWrite = (endpoint: Pick<Endpoint, "method">): boolean => endpoint.method !== "get";
