/** Topics are named as in addresses; others nobody could be written to by. */
const TOPIC = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MAX_CHARACTERS = 100;
const MAX_TOPICS = 20;

/** Those of some texts that are topics, each once, as many as somebody may want to hear of. */
export const topicsIn = (texts: readonly string[]): string[] =>
  [...new Set(texts.filter((it) => it.length <= MAX_CHARACTERS && TOPIC.test(it)))].slice(0, MAX_TOPICS);
