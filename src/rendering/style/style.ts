import { palette } from "./palette.ts";
import { PROPERTIES, STYLESHEET } from "./stylesheet.ts";

/** What a design token's value may be made of: nothing that ends a declaration, loads anything or opens a comment. */
const SAFE_VALUE = /^(?!.*(?:url|expression|image|import|\/\*))[\w #.,%()+\-"'/]{1,200}$/i;

/** Quotes come in pairs and brackets are closed, or the value would swallow what follows it. */
function isBalanced(value: string): boolean {
  const outside = value.replace(/"[^"]*"|'[^']*'/g, "");
  let depth = 0;
  for (const character of outside) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0 && !/["']/.test(outside);
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The tokens whose names and values can stand in a stylesheet. */
const safeTokens = (designTokens: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(designTokens).filter(
      ([name, value]) => /^[a-z][A-Za-z0-9]*$/.test(name) && SAFE_VALUE.test(value) && isBalanced(value),
    ),
  );

const declarations = (prefix: string, properties: Record<string, string>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${prefix}${kebab(name)}:${value};`)
    .join("");

/**
 * The one stylesheet of a site: its design tokens as custom properties (`colorPrimary` is `--dt-color-primary`), the
 * colours that follow from them, and what is the same everywhere.
 */
export function styleOf(designTokens: Record<string, string>): string {
  const tokens = safeTokens(designTokens);
  return `:root{${declarations("--dt-", tokens)}}:root{${PROPERTIES}${declarations("--", palette(tokens))}}${STYLESHEET}`;
}
