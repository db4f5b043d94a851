// `npm run receiver`: a receiver of webhooks on this machine, to see what arrives and to try out what happens when it
// does not answer well. See --help.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { guide } from "./receiver/guide.ts";
import { HELP, type Options, readOptions } from "./receiver/options.ts";
import { reportText } from "./receiver/report.ts";
import { verify } from "./receiver/verify.ts";

/** Attempts of a webhook-id so far, and when one of them was accepted. */
const seen = new Map<string, { attempts: number; acceptedAt?: Date }>();

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "Content-Type": "application/json" });
  res.end(JSON.stringify(body));
}

async function receive(req: IncomingMessage, res: ServerResponse, options: Options): Promise<void> {
  if (req.method !== "POST") return send(res.setHeader("Allow", "POST"), 405, { error: "Webhooks are sent by POST." });

  const at = new Date();
  const { headers } = req;
  const rawBody = await buffer(req);
  const verdict = options.secrets.length > 0 ? verify(headers, rawBody, options.secrets) : null;
  const report = { at, headers, rawBody, verdict };

  // What is not known to be genuine must not use up a webhook-id.
  if (verdict && !verdict.isGood) {
    console.log(reportText({ ...report, acceptedAt: undefined, answer: 401 }));
    return send(res, 401, { received: false, error: verdict.reason });
  }
  const id = headers["webhook-id"]?.toString();
  const before = (id && seen.get(id)) || { attempts: 0 };
  const answer = before.attempts < options.failures ? options.status : 200;
  const isAccepted = answer < 300;
  if (id)
    seen.set(id, { attempts: before.attempts + 1, acceptedAt: before.acceptedAt ?? (isAccepted ? at : undefined) });

  console.log(reportText({ ...report, acceptedAt: before.acceptedAt, answer }));
  await sleep(options.delayMs);
  send(res, answer, { received: isAccepted });
}

function optionsOrFail(): Options {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\nnpm run receiver -- --help tells what there is.`);
  }
}

const options = optionsOrFail();
const { port } = options;
if (options.help) {
  console.log(HELP.trim());
  process.exit(0);
}

const server = createServer((req, res) => {
  receive(req, res, options).catch((error) => {
    console.error(`A request broke off: ${error.message}`);
    res.destroy();
  });
});
server.once("error", ({ code }: NodeJS.ErrnoException) => {
  if (code !== "EADDRINUSE") fail(`Cannot listen on 127.0.0.1:${port} (${code}). Choose another PORT.`);
  fail(`Port ${port} is busy. Stop what uses it, or choose another: PORT=${port + 1} npm run receiver`);
});
server.listen(port, "127.0.0.1", () => console.log(guide(options, process.env.DEMO_FILE || ".dev/demo.json")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(0));
