/** One line of structured log. Values are ids, names and figures; never a header, a body or a key. */
export interface LogLine {
  message: string;
  requestId?: string;
  keyId?: number | null;
  workspaceId?: number | null;
  method?: string;
  route?: string;
  status?: number;
  durationMs?: number;
  [more: string]: string | number | boolean | null | undefined;
}

/** Writes JSON for Workers Logs: `level` is `info` for what went well, `error` for our own failures. */
export function log(threshold: string, level: "info" | "error", line: LogLine): void {
  if (threshold === "silent" || (threshold === "error" && level === "info")) return;
  console[level === "error" ? "error" : "log"](JSON.stringify({ level, ...line }));
}
