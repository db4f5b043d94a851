import { connect } from "node:net";
import { runtimeCpuMs } from "./cpu.ts";

/** What one caller sends besides the path. */
export type Caller = Readonly<Record<string, string>>;

/** Requests of one path by callers taken in turn: GET, or POST of a body where there is one. */
export interface Target {
  url: URL;
  path: string;
  callers: readonly Caller[];
  /** JSON. */
  body?: string;
  /** What every answer must be; 200 unless it is said. */
  status?: number;
}

export const withKeys = (keys: readonly string[]): Caller[] =>
  keys.map((key) => ({ "X-Api-Key": key, "CF-Connecting-IP": "203.0.113.7" }));

/** Callers without a key, each with an address of its own. */
export const visitors = (count: number): Caller[] =>
  Array.from({ length: count }, (_, number) => ({ "CF-Connecting-IP": `198.18.${number >> 8}.${number & 255}` }));

/** Visitors who buy something, each once. */
export const buyers = (count: number): Caller[] =>
  visitors(count).map((it, number) => ({ ...it, "Idempotency-Key": `bench-${number}` }));

/** The same calls by callers who have the answer already. */
export const knowing = (target: Target, etag: string): Target => ({
  ...target,
  status: 304,
  callers: target.callers.map((it) => ({ ...it, "If-None-Match": etag })),
});

export interface Sample {
  requestsPerSecond: number;
  /** Milliseconds, sorted. */
  latencies: number[];
  /** Milliseconds of the runtime's CPU per request, where the system tells. */
  cpuMs: number | null;
}

const CONNECTIONS = 8;
const HEAD_END = "\r\n\r\n";
const LAST_CHUNK = "\r\n0\r\n\r\n";

/** The bytes to send, made beforehand: the load generator shares the machine with what it measures. */
function requestsOf({ url, path, callers, body }: Target): Buffer[] {
  const sent = body === undefined ? {} : { "Content-Type": "application/json", "Content-Length": body.length };
  return callers.map((caller) => {
    const entries = Object.entries({ Host: url.host, ...sent, ...caller });
    const headers = entries.map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.from(
      `${body === undefined ? "GET" : "POST"} ${path} HTTP/1.1\r\n${headers.join("")}\r\n${body ?? ""}`,
    );
  });
}

/** Whose turn it is: a load goes on where the last one stopped, so that nobody is asked more often than others. */
const turns = new WeakMap<Target, number>();

/** Whether the text holds one whole response. */
function isWhole(text: string): boolean {
  const end = text.indexOf(HEAD_END);
  if (end < 0) return false;
  if (text.startsWith("HTTP/1.1 304")) return true;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  return length === undefined ? text.endsWith(LAST_CHUNK) : text.length >= end + HEAD_END.length + Number(length);
}

/** One keep-alive connection that sends the next request as soon as the last is answered. */
async function connection({ url, path, status = 200 }: Target, next: () => Buffer, until: number): Promise<number[]> {
  const socket = connect(Number(url.port), url.hostname).setNoDelay(true);
  const latencies: number[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      let sentAt = 0;
      let received = "";
      const send = () => {
        sentAt = performance.now();
        socket.write(next());
      };
      socket.on("connect", send).on("error", reject);
      socket.on("close", () => reject(new Error(`${path}: the connection was closed`)));
      socket.on("data", (bytes) => {
        received += bytes.toString("latin1");
        if (!isWhole(received)) return;
        if (!received.startsWith(`HTTP/1.1 ${status} `))
          return reject(new Error(`${path} answered ${received.slice(0, 900)}`));
        received = "";
        const now = performance.now();
        latencies.push(now - sentAt);
        if (now < until) send();
        else resolve();
      });
    });
  } finally {
    socket.destroy();
  }
  return latencies;
}

/** Keeps every connection busy for `seconds`. Any answer but the expected one ends the bench: it would measure something else. */
export async function load(target: Target, seconds: number): Promise<Sample> {
  const requests = requestsOf(target);
  let turn = turns.get(target) ?? 0;
  const next = () => requests[turn++ % requests.length] as Buffer;
  const cpuBefore = runtimeCpuMs();
  const start = performance.now();
  const until = start + seconds * 1000;
  const all = await Promise.all(Array.from({ length: CONNECTIONS }, () => connection(target, next, until)));
  const elapsed = (performance.now() - start) / 1000;
  turns.set(target, turn % requests.length);
  const latencies = all.flat().sort((a, b) => a - b);
  const cpu = cpuBefore === null ? null : (runtimeCpuMs() as number) - cpuBefore;
  return {
    requestsPerSecond: latencies.length / elapsed,
    latencies,
    cpuMs: cpu === null ? null : cpu / latencies.length,
  };
}
