import { connect } from "node:net";
import { runtimeCpuMs } from "./cpu.ts";

/** GET requests of one path with keys taken in turn. */
export interface Target {
  url: URL;
  path: string;
  keys: readonly string[];
}

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
const requestsOf = ({ url, path, keys }: Target): Buffer[] =>
  keys.map((key) =>
    Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\nX-Api-Key: ${key}\r\nCF-Connecting-IP: 203.0.113.7\r\n\r\n`,
    ),
  );

/** Whether the text holds one whole response. */
function isWhole(text: string): boolean {
  const end = text.indexOf(HEAD_END);
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  return length === undefined ? text.endsWith(LAST_CHUNK) : text.length >= end + HEAD_END.length + Number(length);
}

/** One keep-alive connection that sends the next request as soon as the last is answered. */
async function connection({ url, path }: Target, next: () => Buffer, until: number): Promise<number[]> {
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
        if (!received.startsWith("HTTP/1.1 200"))
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

/** Keeps every connection busy for `seconds`. Any answer but 200 ends the bench: it would measure something else. */
export async function load(target: Target, seconds: number): Promise<Sample> {
  const requests = requestsOf(target);
  let turn = 0;
  const next = () => requests[turn++ % requests.length] as Buffer;
  const cpuBefore = runtimeCpuMs();
  const start = performance.now();
  const until = start + seconds * 1000;
  const all = await Promise.all(Array.from({ length: CONNECTIONS }, () => connection(target, next, until)));
  const elapsed = (performance.now() - start) / 1000;
  const latencies = all.flat().sort((a, b) => a - b);
  const cpu = cpuBefore === null ? null : (runtimeCpuMs() as number) - cpuBefore;
  return {
    requestsPerSecond: latencies.length / elapsed,
    latencies,
    cpuMs: cpu === null ? null : cpu / latencies.length,
  };
}
