// A model server for the tests, outside workerd: the local one of `npm run dev`, and others that misbehave. The first part of
// the path says how: `/v1/…` answers well, `/nonsense/…`, `/truncated/…` and so on do not. What was asked is read at `/_asked`.
import { createServer } from "node:http";
import { answerToChat, completion } from "../../../scripts/model/answer.ts";
import { bodyOf, listen } from "../../../scripts/model/server.ts";

const json = (response, body, status = 200, headers = {}) => {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
};

const says = (content) => (response, messages) => json(response, completion(messages, content(answerToChat(messages))));

const texts = (good, change) => {
  const { texts: given = {}, ...rest } = JSON.parse(good);
  const entries = Object.entries(given).map(([name, text]) => [name, change(text)]);
  return JSON.stringify({ ...rest, texts: Object.fromEntries(entries) });
};

/** Whether the product asks for a correction. */
const isRepair = (messages) => messages.length > 2;

const INJECTION = '<script>alert(1)</script><img src=x onerror="alert(1)"> javascript:alert(1)';

const BEHAVIOURS = {
  v1: (response, messages) => json(response, completion(messages)),
  nonsense: says(() => "I am afraid I cannot do that, but here is a poem about bread."),
  truncated: says((good) => good.slice(0, good.length / 2)),
  wrongKeys: says((good) => good.replace(/"(\d+)":/g, '"n$1":').replace('"title"', '"headline"')),
  fewer: says((good) => good.replace(/"1":/, '"999":')),
  numbers: says((good) => texts(good, (text) => text.length)),
  lists: says((good) => texts(good, (text) => [text])),
  unmarked: says((good) => texts(good, (text) => text.replace(/\[\[\d+\]\]/g, ""))),
  swapped: says((good) => texts(good, (text) => text.replace("[[1]]", "[[2]]"))),
  invented: says((good) => texts(good, (text) => `${text} [[7]]`)),
  injection: says((good) => texts(good, () => INJECTION)),
  proto: says(() => '{"texts":{"__proto__":"polluted","constructor":"polluted"}}'),
  fenced: says((good) => `Here you are:\n\`\`\`json\n${good}\n\`\`\`\nAnything else?`),
  repaired: (response, messages) => (isRepair(messages) ? BEHAVIOURS.v1 : BEHAVIOURS.nonsense)(response, messages),
  busyRepair: (response, messages) => (isRepair(messages) ? BEHAVIOURS.busy : BEHAVIOURS.nonsense)(response, messages),
  busy: (response) => json(response, { error: { message: "slow down" } }, 429, { "Retry-After": "17" }),
  refusing: (response) => json(response, { error: { message: "no such key: sk-secret" } }, 401),
  broken: (response) => json(response, { error: { message: "out of order" } }, 500),
  leading: (response) => json(response, {}, 302, { Location: "http://127.0.0.1:1/" }),
  stalled: (response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.write('{"choices":');
  },
  silent: () => {},
  html: (response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end("<html>It works!</html>");
  },
  unmetered: (response, messages) => json(response, { ...completion(messages), usage: undefined }),
  mismetered: (response, messages) => json(response, { ...completion(messages), usage: { prompt_tokens: "many" } }),
};

/** Starts it; answers its address without a path. */
export async function startTestModel() {
  const asked = [];
  const server = createServer(async (request, response) => {
    const [, behaviour = "", name = ""] = (request.url ?? "").split("/");
    if (behaviour === "_asked")
      return json(
        response,
        asked.filter((it) => it.behaviour === name),
      );
    const run = BEHAVIOURS[behaviour];
    if (!run) return json(response, { error: `There is no behaviour ${behaviour}` }, 404);
    const { messages } = JSON.parse(await bodyOf(request));
    asked.push({ behaviour, messages, authorization: request.headers.authorization ?? null });
    if (asked.length > 2_000) asked.shift();
    run(response, messages);
  });
  server.unref();
  return (await listen(server)).replace(/\/v1$/, "");
}
