import { raw } from "hono/html";

const ESCAPES: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** JSON as it may stand within a `script` element: no text in it can end the element or begin another. */
export const jsonForScript = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] as string);

/** JSON-LD as a page has it: data, which no browser runs and no policy on scripts is about. */
export const jsonLdScript = (value: unknown) =>
  raw(`<script type="application/ld+json">${jsonForScript(value)}</script>`);
