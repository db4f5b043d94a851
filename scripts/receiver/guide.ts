import { readFileSync } from "node:fs";
import type { DemoFile } from "../dev/demo.ts";
import type { Options } from "./options.ts";

function demoOf(path: string): Pick<DemoFile, "baseUrl" | "keys"> | null {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function endpointCall(url: string, demoFile: string): string {
  const demo = demoOf(demoFile);
  if (!demo?.keys?.live)
    return "`npm run dev` makes a demo key; once it has, this prints the call that makes an endpoint.";
  const body = JSON.stringify({ url, events: ["*"] });
  return `# Make an endpoint that delivers here
curl -s ${demo.baseUrl}/api/v1/webhooks -H 'X-Api-Key: ${demo.keys.live}' -H 'Content-Type: application/json' -d '${body}'`;
}

function behaviour({ status, delayMs, failures }: Options): string {
  const delay = delayMs > 0 ? `, after ${delayMs} ms` : "";
  if (failures === 0) return `Answers 200${delay}.`;
  if (failures === Infinity) return `Answers ${status}${delay}.`;
  return `Answers ${status} to each webhook-id's first ${failures === 1 ? "attempt" : `${failures} attempts`}, then 200${delay}.`;
}

/** What is going on, and what to do next. */
export function guide(options: Options, demoFile: string): string {
  const url = `http://127.0.0.1:${options.port}`;
  const secretHint =
    options.secrets.length > 0
      ? 'Signatures are checked. "secret" in the body gives a new endpoint the secret that this receiver has.'
      : "Signatures are not checked: the answer to the call shows the secret, once; start again with --secret whsec_…";
  return `
Receiving webhooks on ${url}. ${behaviour(options)} Ctrl-C stops it.

${endpointCall(url, demoFile)}

${secretHint}
`;
}
