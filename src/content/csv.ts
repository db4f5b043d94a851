import { csvFormatRows } from "d3-dsv";
import { minorDigits } from "../core/money.ts";

/** An amount in whole units of its currency, exact: 650 is 6.50 in EUR, 650 in JPY, 0.650 in KWD. */
export function inUnits(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(amount).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A text that no spreadsheet takes for a formula (OWASP, CSV injection). */
export const harmless = (text: string): string => (/^\s*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

/** Rows as lines (RFC 4180), each with its end. */
export const csvLinesOf = (rows: readonly string[][]): string =>
  rows.length === 0 ? "" : `${csvFormatRows(rows as string[][])}\n`;
