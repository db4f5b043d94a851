/** A sentence with its places in braces filled in, as `{name}`; what is filled in is no pattern, and a place without a value stays. */
export const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
