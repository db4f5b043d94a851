import type { IncomingHttpHeaders } from "node:http";
import type { Verdict } from "./verify.ts";

/** A delivery and what has been made of it. */
export interface Report {
  at: Date;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
  /** Null: there is no secret to check with. */
  verdict: Verdict | null;
  /** When a delivery with this webhook-id was accepted before. */
  acceptedAt: Date | undefined;
  answer: number;
}

/** Whatever a stranger sends must not steer the terminal. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, "\uFFFD");

function parsed(rawBody: Buffer): { type: string; pretty: string } {
  const text = rawBody.toString();
  try {
    const event = JSON.parse(text);
    return { type: String(event?.type ?? "(no type)"), pretty: JSON.stringify(event, null, 2) };
  } catch {
    return { type: "(not JSON)", pretty: text };
  }
}

function signatureLine(verdict: Verdict | null): string {
  if (verdict === null) return "not checked, no secret given";
  return verdict.isGood ? "good" : `BAD, ${verdict.reason}`;
}

const clock = (at: Date): string => at.toTimeString().slice(0, 8);

/** The delivery as lines to read, one blank line after it. */
export function reportText({ at, headers, rawBody, verdict, acceptedAt, answer }: Report): string {
  const { type, pretty } = parsed(rawBody);
  const id = headers["webhook-id"] ?? "(none)";
  const lines = [
    `${clock(at)}  ${type}`,
    `  webhook-id  ${id}${acceptedAt ? `  DUPLICATE, accepted at ${clock(acceptedAt)}` : ""}`,
    `  attempt     ${headers["webhook-attempt"] ?? "(none)"}`,
    `  signature   ${signatureLine(verdict)}`,
    `  answered    ${answer}`,
    pretty.replace(/^/gm, "  "),
  ];
  return printable(`${lines.join("\n")}\n`);
}
