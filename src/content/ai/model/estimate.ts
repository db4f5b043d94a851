/** Characters that make a token at least: fewer in scripts other than Latin. */
const LATIN_CHARACTERS = 3;

/** How many tokens a text has, rather too many than too few: what is reserved before a provider is asked. */
export function estimateTokens(text: string): number {
  const others = text.match(/[\u0250-\u{10ffff}]/gu)?.length ?? 0;
  return Math.ceil((text.length - others) / LATIN_CHARACTERS) + others;
}
