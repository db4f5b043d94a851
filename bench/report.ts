import { cpus } from "node:os";
import type { Usage } from "./operations.ts";
import type { PublishCost } from "./publishes.ts";
import type { Outcome, Side } from "./throughput.ts";
import type { DeliveryCost } from "./webhooks.ts";
import type { Operations } from "./workers/counting.ts";

type Cell = string | number;

/** A Markdown table with aligned columns, so that a run can be pasted into the README as it is. */
function table(head: string[], rows: Cell[][]): string {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? "").length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...all.slice(1).map(line)].join("\n");
}

const whole = (value: number): string => value.toFixed(0);
const ms = (value: number): string => value.toFixed(1);
const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(3));

export function printMachine(): void {
  console.log(`8 connections, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`);
}

export function printThroughput(title: string, outcomes: Outcome[]): void {
  console.log(`\n${title}\n`);
  const side = ({ requestsPerSecond, p50, p99, cpuMs }: Side) => [
    whole(requestsPerSecond),
    ms(p50),
    ms(p99),
    cpuMs === null ? "?" : cpuMs.toFixed(3),
  ];
  const head = [
    "ours, floor",
    "floor req/s",
    "p50 ms",
    "p99 ms",
    "CPU ms",
    "ours req/s",
    "p50 ms",
    "p99 ms",
    "CPU ms",
    "ratio",
  ];
  const rows = outcomes.map((it) => [it.name, ...side(it.floor), ...side(it.ours), it.ratio.toFixed(2)]);
  console.log(table(head, rows));
}

export function printOperations(usages: (Usage & { dollars: number })[]): void {
  console.log("\nOperations per request; in brackets those the request itself asked for\n");
  const head = [
    "",
    "DO calls",
    "alarms",
    "KV reads",
    "D1 queries",
    "D1 rows read",
    "rows written D1",
    "rows written DO",
    "$ per M",
  ];
  const both = ({ request, total }: Usage, name: keyof Operations) =>
    `${figure(total[name])} (${figure(request[name])})`;
  const rows = usages.map((it) => [
    it.name,
    both(it, "objectCalls"),
    figure(it.total.alarms),
    figure(it.total.kvReads),
    both(it, "queries"),
    both(it, "rowsRead"),
    figure(it.total.rowsWritten),
    figure(it.total.objectRowsWritten),
    it.dollars.toFixed(3),
  ]);
  console.log(table(head, rows));
}

export function printDeliveries(costs: (DeliveryCost & { dollars: number })[]): void {
  console.log("\nWebhooks: one event; operations per delivery, beyond what the event costs without endpoints\n");
  const head = [
    "endpoints",
    "fan-out ms",
    "delivered ms",
    "D1 queries",
    "rows read",
    "rows written",
    "messages",
    "$ per M",
  ];
  const rows = costs.map(({ endpoints, fanOutMs, deliveredMs, perDelivery: it, dollars }) => [
    endpoints,
    whole(fanOutMs),
    whole(deliveredMs),
    figure(it.queries),
    figure(it.rowsRead),
    figure(it.rowsWritten),
    figure(it.queueMessages),
    dollars.toFixed(3),
  ]);
  console.log(table(head, rows));
}

export function printLists(lists: (Operations & { total: number })[]): void {
  console.log("\nGET pages?limit=25\n");
  const rows = lists.map((it) => [`${it.total} pages`, it.queries, it.rowsRead]);
  console.log(table(["website with", "D1 queries", "D1 rows read"], rows));
}

export function printFirstReads(reads: { name: string; operations: Operations }[]): void {
  console.log("\nThe first read of an isolate\n");
  const rows = reads.map(({ name, operations: it }) => [
    name,
    it.objectCalls,
    it.kvReads,
    it.queries,
    it.rowsRead,
    it.bucketReads,
  ]);
  console.log(table(["", "DO calls", "KV reads", "D1 queries", "D1 rows read", "R2 reads"], rows));
}

export function printPublishes(costs: (PublishCost & { dollars: number })[]): void {
  console.log("\nPublishing one changed page\n");
  const head = [
    "website with",
    "deployments",
    "ms",
    "DO calls",
    "D1 queries",
    "D1 rows read",
    "rows written",
    "R2 class A",
    "R2 class B",
    "$ per 1000",
  ];
  const rows = costs.map(({ pages, deployments, ms, operations: it, dollars }) => [
    `${pages} pages`,
    deployments,
    whole(ms),
    it.objectCalls,
    it.queries,
    it.rowsRead,
    it.rowsWritten,
    it.bucketWrites,
    it.bucketReads,
    dollars.toFixed(3),
  ]);
  console.log(table(head, rows));
}
