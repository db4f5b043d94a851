/** Anything that takes words for a model to go by. */
type Shape = Record<string, { describe(text: string): unknown }>;

/** The fields of a body as arguments: the Content API's own schemas, each with a sentence of `words`. */
export function described<Fields extends object>(shape: Fields, words: Readonly<Record<string, string>>): Fields {
  const entries = Object.entries(shape as unknown as Shape);
  return Object.fromEntries(entries.map(([name, field]) => [name, field.describe(words[name] ?? "")])) as Fields;
}
