import { Readable, pipeline } from "node:stream";

const CHUNK = Buffer.alloc(64 * 1024, ".");
const DRIP_MS = 1_000;

function answer(res, status, headers = {}) {
  res.writeHead(status, { "Content-Type": "application/json", ...headers });
  res.end(JSON.stringify({ received: status < 300 }));
}

function drip(res) {
  res.writeHead(200);
  const timer = setInterval(() => res.write("."), DRIP_MS);
  res.once("close", () => clearInterval(timer));
}

function* chunks() {
  for (;;) yield CHUNK;
}

function flood(res) {
  res.writeHead(200);
  // It ends when the client hangs up, which is no failure here.
  pipeline(Readable.from(chunks()), res, () => {});
}

function slow(res, ms) {
  const timer = setTimeout(() => answer(res, 200), ms);
  res.once("close", () => clearTimeout(timer));
}

/** One grey pixel. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

/** A picture, said to be of `type`; with `chunked` nothing says how long it is, with `cut` it breaks off. */
function picture(res, query) {
  const length = query.has("chunked") ? {} : { "Content-Length": PICTURE.length };
  res.writeHead(200, { "Content-Type": query.get("type") ?? "image/png", ...length });
  if (query.has("cut")) res.write(PICTURE.subarray(0, 40), () => res.destroy());
  else res.end(PICTURE);
}

/**
 * What the receiver does with a request, by the first segment of its path. `figure` is the second segment as a number,
 * `query` the search parameters, `attempt` counts the requests with this `webhook-id` on this path, from 1.
 */
export const BEHAVIOURS = {
  ok: (res) => answer(res, 200),
  status: (res, { figure }) => answer(res, figure),
  gone: (res) => answer(res, 410),
  redirect: (res, { query }) => answer(res, 307, { Location: query.get("to") }),
  throttle: (res, { query }) => answer(res, Number(query.get("status") ?? 429), { "Retry-After": query.get("after") }),
  failfirst: (res, { figure, attempt }) => answer(res, attempt > figure ? 200 : 500),
  slow: (res, { figure }) => slow(res, figure),
  hang: () => {},
  drip,
  gigabyte: flood,
  reset: (res) => res.socket.resetAndDestroy(),
  garbage: (res) => res.socket.end("This is not HTTP.\r\n\r\n"),
  picture: (res, { query }) => picture(res, query),
  unknown: (res) => answer(res, 404),
};
