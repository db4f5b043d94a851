import { stageMail } from "../../../mail/stage.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { FormField } from "../../../rendering/forms/definition.ts";
import { findSite } from "../../sites/service.ts";
import type { FormRow } from "../table.ts";
import { noticeWordsFor } from "./notice-words.ts";
import type { Answer, SubmissionRow } from "./table.ts";

/** What an answer looks like in a mail of plain text. */
function answerText(answer: Answer | undefined, { yes, no }: { yes: string; no: string }): string {
  if (answer === undefined) return "–";
  if (typeof answer === "boolean") return answer ? yes : no;
  return Array.isArray(answer) ? answer.join(", ") || "–" : String(answer);
}

/** The address its sender has given; `null` where the form asks for none. */
function senderOf(fields: readonly FormField[], { data }: SubmissionRow): string | null {
  const [address] = fields.flatMap(({ type, name }) => (type === "email" && data[name] ? [String(data[name])] : []));
  return address ?? null;
}

/**
 * Stages the mails a submission brings about: to those its owner has named, whose answer goes to its sender, and, where the
 * owner has it so, to the sender, with nothing in it that he has written. No other address is ever written to.
 */
export async function stageNotices(ctx: Ctx, form: FormRow, submission: SubmissionRow): Promise<void> {
  const { notifyTo, autoReply, fields, name, siteId } = form;
  if (notifyTo.length === 0 && autoReply === null) return;
  const site = await findSite(ctx, siteId);
  const words = noticeWordsFor(site.locale);
  const sender = senderOf(fields, submission);
  const answers = fields
    .filter(({ type }) => type !== "file")
    .map((it) => `${it.label}: ${answerText(submission.data[it.name], words)}`);
  const files = submission.files.map(
    ({ filename, size }) => `${words.file}: ${filename} (${Math.ceil(size / 1_000)} kB)`,
  );
  const text = [...answers, ...files, "", `${site.name} · ${submission.id}`].join("\n");
  for (const to of notifyTo) {
    stageMail(ctx, {
      ...{ kind: "form.submitted", siteId, to, text },
      subject: words.subject.replace("{form}", () => name),
      ...(sender !== null && { replyTo: sender }),
    });
  }
  if (autoReply === null || sender === null) return;
  const [answersTo] = notifyTo;
  stageMail(ctx, { kind: "form.answered", siteId, to: sender, ...autoReply, ...(answersTo && { replyTo: answersTo }) });
}
