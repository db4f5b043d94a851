import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { completion } from "./answer.ts";

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** Starts a server on this machine alone, on a port of its own; answers its address, with the version of the protocol. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/**
 * The local model server of `npm run dev`: speaks OpenAI's chat completions, and answers by rules, the same every time. With
 * it, everything that AI does can be tried without an account.
 */
export function startModelServer(): Promise<string> {
  const server = createServer(async (request, response) => {
    const send = (status: number, body: object) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.method === "GET" && request.url === "/v1/models")
      return send(200, { object: "list", data: [{ id: "local-model", object: "model", owned_by: "this machine" }] });
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
      return send(404, { error: { message: "This server has /v1/models and /v1/chat/completions." } });
    try {
      send(200, completion(JSON.parse(await bodyOf(request)).messages));
    } catch {
      send(400, { error: { message: "The body is no chat." } });
    }
  });
  // It ends with whoever has started it.
  server.unref();
  return listen(server);
}
