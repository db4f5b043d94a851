import { type Endpoint, isWrite } from "../core/http/endpoint.ts";

const text = (description: string, example: string) => ({ description, schema: { type: "string", example } });
const number = (description: string, example: number, minimum = 0) => ({
  description,
  schema: { type: "integer", minimum, example },
});

/** Every header an answer can have, described once: by the name its component has, with its name on the wire. */
const HEADERS = {
  RequestId: ["X-Request-ID", text("Names this request", "req_01KAGW6PSZ0000000000000000")],
  RateLimitLimit: ["X-RateLimit-Limit", number("Requests allowed in the window", 600)],
  RateLimitRemaining: ["X-RateLimit-Remaining", number("Requests left", 594)],
  RateLimitReset: ["X-RateLimit-Reset", number("Unix seconds at which the limit is whole again", 1748260860)],
  RateLimit: ["RateLimit", text("What is left of every limit that was counted", '"requests_per_minute";r=594;t=6')],
  RateLimitPolicy: ["RateLimit-Policy", text("The limits themselves", '"requests_per_minute";q=600;w=60')],
  ContentTypeOptions: ["X-Content-Type-Options", text("The answer is of the type it says", "nosniff")],
  Allow: ["Allow", text("The methods that can be used instead", "GET, HEAD, OPTIONS")],
  CacheControl: ["Cache-Control", text("Who may keep the answer", "private, no-store")],
  Vary: ["Vary", text("The headers that decide what is answered", "X-Api-Key, Authorization")],
  ETag: ["ETag", text("What is shown of the resource; its version for If-Match", '"v3-8d7a2c0f9be13456"')],
  Location: ["Location", text("Where the new resource is", "/v1/sites/site_01KAGW6PSZ0000000000000000")],
  RetryAfter: ["Retry-After", number("Seconds to wait", 45, 1)],
  Authenticate: ["WWW-Authenticate", text("How to sign in", "ApiKey")],
  Replayed: ["Idempotency-Replayed", text("`true` where a stored answer is given again", "true")],
  AllowOrigin: ["Access-Control-Allow-Origin", text("Scripts of any page may read the answer", "*")],
  ExposeHeaders: ["Access-Control-Expose-Headers", text("The headers such scripts may read", "X-Request-ID, ETag")],
} as const;

type Name = keyof typeof HEADERS;

const ALWAYS: Name[] = [
  ...(["RequestId", "RateLimitLimit", "RateLimitRemaining", "RateLimitReset"] as const),
  ...(["RateLimit", "RateLimitPolicy", "CacheControl", "ContentTypeOptions"] as const),
];

/** The headers as components of the description. */
export const headerComponents = (): Record<string, object> =>
  Object.fromEntries(Object.entries(HEADERS).map(([name, [, header]]) => [name, header]));

const refs = (names: readonly Name[]): Record<string, object> =>
  Object.fromEntries(names.map((name) => [HEADERS[name][0], { $ref: `#/components/headers/${name}` }]));

const CORS: Name[] = ["AllowOrigin", "ExposeHeaders"];

/** What decides an open answer is the page it is asked from. */
const isVaried = ({ scope, cors, method }: Endpoint): boolean =>
  scope !== "public" || (cors === true && method === "get");

const ofAccess = (endpoint: Endpoint): Name[] => [
  ...(isVaried(endpoint) ? (["Vary"] as const) : []),
  ...(endpoint.cors ? CORS : []),
];

interface Shown {
  shape?: Record<string, unknown>;
  options?: unknown[];
}

/** Whether what is shown, or what it is wrapped in, has a version: then it comes with its tag. */
function isVersioned(schema: unknown): boolean {
  const { shape = {}, options = [] } = (schema ?? {}) as Shown;
  return "version" in shape || options.some(isVersioned) || ("data" in shape && isVersioned(shape.data));
}

/** The headers of an endpoint's answers that are no errors. */
export function successHeaders(endpoint: Endpoint, status: number): Record<string, object> {
  const { described, data } = endpoint.success;
  const isTagged = status !== 204 && (endpoint.etag || (status === 201 && isVersioned(described ?? data)));
  return refs([
    ...ALWAYS,
    ...ofAccess(endpoint),
    ...(isTagged ? (["ETag"] as const) : []),
    ...(status === 201 || (status === 202 && endpoint.success.located) ? (["Location"] as const) : []),
    ...(isWrite(endpoint) && endpoint.scope !== "public" ? (["Replayed"] as const) : []),
  ]);
}

/** The headers of errors with a status; `isOpen` where scripts of any page may make some of the calls. */
export const errorHeaders = (status: number, isOpen: boolean): Record<string, object> =>
  refs([
    ...ALWAYS,
    "Vary",
    ...(isOpen ? CORS : []),
    ...(status === 405 ? (["Allow"] as const) : []),
    ...(status === 401 ? (["Authenticate"] as const) : []),
    ...([409, 429, 503].includes(status) ? (["RetryAfter"] as const) : []),
  ]);
