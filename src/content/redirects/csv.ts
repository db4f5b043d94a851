import { csvFormatRows, dsvFormat } from "d3-dsv";
import { invalid } from "../../core/errors.ts";
import { MAX_ROWS } from "./contract.ts";

const COLUMNS = ["from", "to", "status"] as const;

/** A row as it was sent: nothing of it is checked yet. */
export interface SentRow {
  /** Counts from 1. */
  row: number;
  from: unknown;
  to: unknown;
  status?: unknown;
}

const statusOf = (text = ""): unknown => {
  if (text.trim() === "") return undefined;
  return /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : text;
};

/** What parts the cells: spreadsheets write semicolons where commas are in numbers, and tabs to be pasted. */
const delimiterOf = (text: string): string => {
  const [line = ""] = text.split(/[\r\n]/, 1);
  const counted = [",", ";", "\t"].map((it) => ({ it, count: line.split(it).length }));
  return counted.reduce((most, other) => (other.count > most.count ? other : most)).it;
};

/**
 * Rows of CSV (RFC 4180; commas, semicolons or tabs): `from,to,status` in this order, or in the order their names have on
 * top. Empty lines count, and are no rows.
 */
export function readCsv(csv: string): SentRow[] {
  const text = csv.replace(/^\ufeff/, "");
  const data = dsvFormat(delimiterOf(text)).parseRows(text);
  const names = (data[0] ?? []).map((it) => it.trim().toLowerCase());
  const hasNames = names.includes("from") && names.includes("to");
  const order: readonly string[] = hasNames ? names : COLUMNS;
  const rows = data.flatMap((cells, index): SentRow[] => {
    if ((hasNames && index === 0) || cells.every((it) => it.trim() === "")) return [];
    const cell = (name: string): string | undefined => cells[order.indexOf(name)]?.trim();
    return [{ row: index + 1, from: cell("from") ?? "", to: cell("to") ?? "", status: statusOf(cell("status")) }];
  });
  if (rows.length > MAX_ROWS) throw invalid("csv", `must have at most ${MAX_ROWS} rows`);
  return rows;
}

/** The same the other way round, with the names on top. */
export function writeCsv(rows: Record<(typeof COLUMNS)[number], string | number>[]): string {
  const lines = rows.map((it) => COLUMNS.map((name) => String(it[name])));
  return `${csvFormatRows([[...COLUMNS], ...lines])}\n`;
}
