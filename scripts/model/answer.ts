// What the local model server answers: made from the question by rules, the same every time. It is no language model.

/** What the product asks: the JSON object that is the first message of its user. */
interface Task {
  task?: string;
  prompt?: string;
  title?: string | null;
  text?: string;
  tone?: string;
  language?: string;
  targetLanguage?: string;
  texts?: Record<string, string>;
}

interface Message {
  role: string;
  content: string;
}

const firstSentence = (text: string): string => /^[\s\S]*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

const REWRITING: Record<string, (text: string, task: Task) => string> = {
  translate: (text, { targetLanguage }) => `${text} (${targetLanguage})`,
  improve: (text) => text.charAt(0).toUpperCase() + text.slice(1),
  // Marks have to come back, so that a text that has some is not cut.
  shorten: (text) => (text.includes("[[") ? text : firstSentence(text)),
  expand: (text) => `${text} Ask us, and we tell you more.`,
  tone: (text, { tone }) => `${text} (${tone})`,
  grammar: (text) => text.replace(/\bi\b/g, "I").replace(/ +([,.!?])/g, "$1"),
  alt_text: (text) => `Described by the local model: ${text.split("; ")[0]?.slice(0, 80)}`,
};

const short = (text: string, length: number): string => text.replace(/\s+/g, " ").trim().slice(0, length);

function page({ prompt = "", title }: Task): object {
  const subject = short(title ?? prompt, 80) || "A page";
  return {
    title: subject,
    seo: { title: subject.slice(0, 60), description: short(`Written by the local model about: ${prompt}`, 150) },
    blocks: [
      { type: "HeroSection", props: { title: subject, subtitle: "Written by the local model, to try things out" } },
      { type: "TextSection", props: { heading: "What this is about", body: short(prompt, 1_000) } },
      {
        type: "FaqSection",
        props: {
          heading: "Questions",
          items: [
            { question: "Who wrote this?", answer: "A local server that follows rules. Connect a model for more." },
          ],
        },
      },
    ],
  };
}

function answerTo(task: Task): object {
  if (task.task === "generate_page") return page(task);
  if (task.task === "seo") {
    const text = short(task.text ?? "", 150);
    return { title: text.slice(0, 60) || "A page", description: text || "A page of this website." };
  }
  const rewrite = REWRITING[task.task ?? ""] ?? ((text: string) => text);
  const texts = Object.entries(task.texts ?? {}).map(([name, text]) => [name, rewrite(text, task)]);
  return { texts: Object.fromEntries(texts) };
}

/** The text of the answer to a chat. */
export function answerToChat(messages: readonly Message[]): string {
  const asked = messages.find(({ role }) => role === "user")?.content ?? "{}";
  try {
    return JSON.stringify(answerTo(JSON.parse(asked) as Task));
  } catch {
    return JSON.stringify({ text: "The local model server answers the tasks of this product alone." });
  }
}

/** What counts as a token here: four characters. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** A completion as OpenAI's protocol has it. */
export function completion(messages: readonly Message[], content = answerToChat(messages)): object {
  const prompt_tokens = tokensOf(messages.map((it) => it.content).join(""));
  const completion_tokens = tokensOf(content);
  return {
    id: "chatcmpl-local",
    object: "chat.completion",
    created: 0,
    model: "local-model",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}
