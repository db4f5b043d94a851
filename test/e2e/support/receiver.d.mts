/** A request as it arrived; header names in lower case, the body as sent, `at` in Unix milliseconds. */
export interface Received {
  method: string;
  headers: Record<string, string>;
  body: string;
  at: number;
}

export interface Receiver {
  url: string;
  /** What arrived at a path (without its query), oldest first. */
  requests(path: string): Received[];
  connections: { opened: number; open: number };
  close(): Promise<void>;
}

export function startReceiver(): Promise<Receiver>;
