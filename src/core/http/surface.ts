import type { z } from "@hono/zod-openapi";
import type { Caller, Ctx } from "../work/context.ts";
import type { DomainError } from "../errors.ts";
import type { LimitedSurface } from "../limits/key-limits.ts";

/** What every body may say about the request it answers. */
export interface Meta {
  requestId: string;
  now: number;
  /** The request itself, for links that lead from one page of a list to the next. */
  request?: Request;
}

export interface ListPage {
  items: unknown[];
  /** The surface's own figures: cursor pages on the Content API, numbered pages on the Platform API. */
  pagination: Record<string, unknown>;
}

/** One public convention: how success, lists and errors look under a base path. There is exactly one renderer for each. */
export interface Surface {
  name: LimitedSurface;
  basePath: string;
  title: string;
  one(data: unknown, meta: Meta): unknown;
  /** The resource in what `one` shows, without the words around it: what its ETag stands for, after a read and a write. */
  resource(data: unknown): unknown;
  list(page: ListPage, meta: Meta): unknown;
  error(error: DomainError, meta: Meta): { status: number; body: unknown };
  /** An error's message, as `error` shows it. */
  wording(error: DomainError): string;
  /** Which workspace a call is about, where a surface lets its callers choose; the key's own otherwise. */
  selectWorkspace?(ctx: Ctx, header: string | null): Promise<Caller>;
  /** The same shapes as schemas, for the published description. */
  schemas: {
    one(data: z.ZodType): z.ZodType;
    list(item: z.ZodType): z.ZodType;
    error: z.ZodType;
  };
  /** Wire name → statuses, so that the description declares what can be sent. */
  statusOf(code: DomainError["code"]): number;
}
