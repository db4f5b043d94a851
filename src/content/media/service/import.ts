import type { z } from "@hono/zod-openapi";
import { DomainError, invalid } from "../../../core/errors.ts";
import { allowsLoopback, checkTarget } from "../../../core/target.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { findSite } from "../../sites/service.ts";
import { type ImportMediaSchema, MAX_FILE_BYTES, MAX_FORM_BYTES, type Media } from "../contract.ts";
import { bareType } from "../types.ts";
import { addMedia } from "./add.ts";

const TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 3;

/** Fetches a file from a public https address and makes it one of the site's. */
export async function importMedia({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof ImportMediaSchema> & { siteId: string; id?: string };
}): Promise<Media> {
  const { siteId, url, alt, folder, id } = input;
  await findSite(ctx, siteId);
  const { response, address } = await fetched(ctx.env, url);
  const { body, size } = await sized(response);
  const declared = bareType(response.headers.get("Content-Type") || "application/octet-stream");
  const filename = input.filename ?? nameIn(address);
  return addMedia({
    ctx,
    input: { siteId, filename, alt, folder, body, size, declared, field: "url", ...(id && { id }) },
  });
}

/** The answer of an address, or of those it leads to, each of them one we may call. */
async function fetched(env: Env, from: string): Promise<{ response: Response; address: URL }> {
  let address = from;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const target = checkTarget(address, allowsLoopback(env));
    if ("problem" in target) throw invalid("url", hops === 0 ? target.problem : `leads to what ${target.problem}`);
    const response = await asked(target.url);
    const location = response.headers.get("Location");
    if (response.ok && response.body) return { response, address: target.url };
    await response.body?.cancel();
    if (response.status < 300 || response.status >= 400 || !location || !URL.canParse(location, target.url)) {
      throw invalid("url", `answered ${response.status}, not a file`);
    }
    address = new URL(location, target.url).href;
  }
  throw invalid("url", `leads on more than ${MAX_REDIRECTS} times`);
}

async function asked(url: URL): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: "manual",
      headers: { Accept: "*/*", "Accept-Encoding": "identity", "User-Agent": "EdgeCMS-Import/1" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw invalid("url", "could not be reached, or took too long");
  }
}

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError("payload_too_large", `The file is larger than ${maxBytes} bytes.`, { maxBytes });

/** The bytes with their number. An answer that does not say how many there are is read first, as far as that is small. */
async function sized(response: Response): Promise<{ body: ReadableStream<Uint8Array>; size: number }> {
  const body = response.body as ReadableStream<Uint8Array>;
  const isPlain = (response.headers.get("Content-Encoding") ?? "identity") === "identity";
  const length = response.headers.get("Content-Length");
  if (isPlain && length !== null) {
    const size = Number(length);
    if (!(size > 0)) throw invalid("url", "answered an empty file");
    if (size > MAX_FILE_BYTES) throw tooLarge(MAX_FILE_BYTES);
    return { body, size };
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of body as ReadableStream<Uint8Array<ArrayBuffer>>) {
    parts.push(part);
    size += part.byteLength;
    if (size > MAX_FORM_BYTES) throw tooLarge(MAX_FORM_BYTES);
  }
  if (size === 0) throw invalid("url", "answered an empty file");
  return { body: new Blob(parts).stream(), size };
}

/** A name from the last part of an address. */
function nameIn({ pathname }: URL): string {
  const last = pathname.split("/").at(-1) ?? "";
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // It stays as it is written.
  }
  return cleanName(name) || "file";
}

/** A name somebody else has given, as one of ours may be: its last part, on one line, of a bounded length. */
export const cleanName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) as string)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .trim()
    .slice(-200);
