import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { BEHAVIOURS } from "./receiver-behaviours.mjs";

/** Longer than a client keeps a connection idle, so that none is closed under a request that is just being sent. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Starts a receiver of webhooks on a free port of this machine. The path says how it behaves and under which name it
 * remembers: `/status/500/my-test` answers 500. Whatever follows the behaviour (and its figure) is free, so tests that
 * run at the same time each take a path of their own. `GET` and `DELETE /_log?path=…` read and empty a path's list from
 * another process.
 */
export async function startReceiver() {
  const log = new Map();
  const connections = { opened: 0, open: 0 };
  const requests = (path) => log.get(path) ?? [];

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, async (req, res) => {
    const { pathname, searchParams: query } = new URL(req.url, "http://receiver");
    if (pathname === "/_log") return control(req.method, query.get("path"), res);

    const arrival = { method: req.method, headers: req.headers, at: Date.now() };
    // A client that hangs up in the middle of its request leaves nothing to remember or to answer.
    const body = await text(req).catch(() => null);
    if (body === null) return;
    log.set(pathname, [...requests(pathname), { ...arrival, body }]);

    const [, behaviour, figure] = pathname.split("/");
    const sameId = requests(pathname).filter((it) => it.headers["webhook-id"] === req.headers["webhook-id"]);
    const behave = Object.hasOwn(BEHAVIOURS, behaviour) ? BEHAVIOURS[behaviour] : BEHAVIOURS.unknown;
    behave(res, { figure: Number(figure), query, attempt: sameId.length });
  });

  function control(method, path, res) {
    if (method === "DELETE") log.delete(path);
    res.setHeader("Content-Type", "application/json");
    res.end(JSON.stringify(requests(path)));
  }

  server.on("connection", (socket) => {
    connections.opened += 1;
    connections.open += 1;
    socket.once("close", () => {
      connections.open -= 1;
    });
  });

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    connections,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
