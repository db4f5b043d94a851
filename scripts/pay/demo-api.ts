import { readFileSync } from "node:fs";
import type { DemoFile } from "../dev/demo.ts";

/** Calls the running demo with its key, at paths below the demo's site. */
export interface DemoApi {
  /** Where the shop's endpoints begin. */
  shop: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path
  ask(method: string, path: string, body?: object): Promise<any>;
}

function readDemo(path: string): DemoFile {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Error(`There is no demo in ${path}: start one with npm run dev.`);
  }
}

/** The demo whose file is at `path`. What its API refuses is thrown, in the API's words. */
export function demoApi(path: string): DemoApi {
  const { baseUrl, siteId, keys } = readDemo(path);
  const shop = `${baseUrl}/v1/sites/${siteId}/shop`;
  return {
    shop,
    async ask(method, at, body) {
      const headers = { "X-Api-Key": keys.live, "Content-Type": "application/json" };
      const response = await fetch(shop + at, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      const answer = await response.json();
      if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${JSON.stringify(answer.error)}`);
      return answer.data;
    },
  };
}
