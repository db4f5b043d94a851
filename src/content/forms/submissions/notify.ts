import { filled } from "../../../rendering/text/filled.ts";
import { stageMail } from "../../../mail/stage.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { FormField } from "../../../rendering/forms/definition.ts";
import { bareLabel, headedBy } from "../../../rendering/forms/words.ts";
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

/** Stages the mail about a submission to those its owner has named; their answer goes to its sender. */
export async function stageNotice(ctx: Ctx, form: FormRow, submission: SubmissionRow): Promise<void> {
  const { notifyTo, fields, name, siteId } = form;
  if (notifyTo.length === 0) return;
  const site = await findSite(ctx, siteId);
  const words = noticeWordsFor(site.locale);
  const sender = senderOf(fields, submission);
  const answers = fields
    .filter(({ type }) => type !== "file")
    .map((it) => headedBy(it.label, answerText(submission.data[it.name], words)));
  const files = submission.files.map(({ filename, size }) =>
    headedBy(words.file, `${filename} (${Math.ceil(size / 1_000)} kB)`),
  );
  const intro = filled(words.intro, { form: bareLabel(name), site: site.name });
  const text = [intro, "", ...answers, ...files, "", headedBy(words.submission, submission.id)].join("\n");
  for (const to of notifyTo) {
    stageMail(ctx, {
      ...{ kind: "form.submitted", siteId, to, text },
      subject: filled(words.subject, { form: bareLabel(name) }),
      ...(sender !== null && { replyTo: sender }),
    });
  }
}

/** Stages the owner's answer to the sender, where there is one, with nothing in it that he has written. No other address is ever written to. */
export function stageAutoReply(
  ctx: Ctx,
  { autoReply, fields, notifyTo, siteId }: FormRow,
  submission: SubmissionRow,
): void {
  const sender = senderOf(fields, submission);
  if (autoReply === null || sender === null) return;
  const [answersTo] = notifyTo;
  stageMail(ctx, { kind: "form.answered", siteId, to: sender, ...autoReply, ...(answersTo && { replyTo: answersTo }) });
}
