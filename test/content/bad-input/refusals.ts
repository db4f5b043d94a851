import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Answer } from "../../support/fixtures.ts";

async function tableNames(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).all<{ name: string }>();
  return results.map(({ name }) => name);
}

/** How many rows each table has, but for the use of keys, which their objects write down when they come to it. */
export async function rowCounts(): Promise<unknown[]> {
  const names = (await tableNames()).filter((name) => name !== "key_usage");
  const counts = await env.DB.batch<{ n: number }>(
    names.map((name) => env.DB.prepare(`SELECT count(*) AS n FROM "${name}"`)),
  );
  return counts.map(({ results }, index) => [names[index], results[0]?.n]);
}

/** Expects a 400 of the Content API that names the field, and nothing written by any of the calls. */
export async function expectRefused(field: string | RegExp, ...calls: (() => Promise<Answer>)[]): Promise<void> {
  const before = await rowCounts();
  for (const send of calls) {
    const { status, body, text } = await send();
    expect(status, text.slice(0, 300)).toBe(400);
    expect(body.error.code).toBe("VALIDATION_ERROR");
    const names = Object.keys(body.error.details.fields);
    expect(names).toContainEqual(typeof field === "string" ? field : expect.stringMatching(field));
    expect(body.error.message.length).toBeLessThan(1_000);
  }
  expect(await rowCounts()).toEqual(before);
}

/** JSON of 750 kB that takes 3 MB once it is written out. */
export const SHORT = `[${Array(150_000).fill("1E15").join()}]`;
