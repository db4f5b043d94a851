import { and, eq, sql } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { sha256 } from "../../../core/sha256.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { commitAs } from "../../live/visitor.ts";
import { shownBy } from "../../resource/contract.ts";
import { createItem } from "../../resource/write.ts";
import { type FormRow, forms } from "../table.ts";
import type { Answered, Complaint } from "./answers.ts";
import { SubmissionSchema } from "./contract.ts";
import { discardFiles, stageFiles, storeFiles } from "./files.ts";
import { stageAutoReply, stageNotice } from "./notify.ts";
import { SUBMISSIONS } from "./resource.ts";
import { type SubmissionRow, type SubmittedFile, submissions } from "./table.ts";

const DAY_MS = 86_400_000;

/** A submission on its way. */
export interface Submitting {
  siteId: string;
  formId: string;
  answered: Pick<Answered, "data" | "files">;
  /** Names the showing of the form, or the call, that it comes by; `null` for nothing that could come twice. */
  sentKey: string | null;
  isSpam: boolean;
  pageId: string | null;
  locale: string | null;
}

/** What became of it: kept, found to be there already, not the one that came by the same key, or wrong in a file. */
export type Submitted =
  | { kind: "stored" | "repeated"; submission: SubmissionRow }
  | { kind: "other" }
  | { kind: "wrong"; complaints: Complaint[] };

/** Visitors bring columns where owners have a body: the rest is as for every resource. */
const SENT = {
  ...SUBMISSIONS,
  create: { columns: ({ body }: { body: object }) => body },
  show: shownBy(SubmissionSchema),
} as never;

/** What is stored of a key: as long whatever it was made of, and telling nothing. */
const keptKey = async (key: string): Promise<string> => (await sha256(key)).slice(0, 40);

const findSent = async (ctx: Ctx, formId: string, sentKey: string): Promise<SubmissionRow | null> => {
  const isIt = and(eq(submissions.formId, formId), eq(submissions.sentKey, sentKey));
  const [row] = await ctx.db
    .select()
    .from(submissions)
    .where(scoped(ctx, submissions, isIt));
  return row ?? null;
};

const filesAs = (files: readonly { field: string; filename: string; size: number }[]) =>
  files.map(({ field, size }) => [field, size]);

/** Whether what comes by a key is what has come by it before. */
function isSame(row: SubmissionRow, { answered: { data, files } }: Submitting): boolean {
  const sent = files.map(({ field, file }) => ({ field: field.name, filename: file.name, size: file.size }));
  return JSON.stringify([row.data, filesAs(row.files)]) === JSON.stringify([data, filesAs(sent)]);
}

/** Stages a submission with its event. The form's settings are those that hold in the commit. */
async function stage(
  ctx: Ctx,
  { siteId, formId, answered, isSpam, pageId, locale }: Submitting,
  { form, files, sentKey }: { form: FormRow; files: SubmittedFile[]; sentKey: string | null },
): Promise<SubmissionRow> {
  const isIt = scoped(ctx, forms, eq(forms.id, formId), eq(forms.version, form.version));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${forms} WHERE ${isIt})`);
  ctx.unit.onDuplicate([submissions.formId, submissions.sentKey], new ConcurrentChange());
  const status = isSpam ? ("spam" as const) : ("new" as const);
  const own = { formId, status, data: answered.data, files, pageId, locale, note: null, sentKey };
  const body = { ...own, expiresAt: ctx.now + form.keptDays * DAY_MS };
  const submission = await createItem<typeof submissions>(ctx, SENT, { siteId, body });
  stageFiles(ctx, { siteId, submissionId: submission.id, files });
  if (!isSpam) {
    await stageNotice(ctx, form, submission);
    stageAutoReply(ctx, form, submission);
  }
  return submission;
}

/**
 * Keeps what a visitor has sent, in a commit of its own: the submission, its files, its event. Of several that come by one
 * key the first is kept; the others are answered it, or that it is another one. `ctx` is the visitor's.
 */
export async function submitForm(ctx: Ctx, submitting: Submitting): Promise<Submitted> {
  const { siteId, formId, answered } = submitting;
  const sentKey = submitting.sentKey === null ? null : await keptKey(submitting.sentKey);
  const first = sentKey === null ? null : await findSent(ctx, formId, sentKey);
  if (first) return isSame(first, submitting) ? { kind: "repeated", submission: first } : { kind: "other" };
  const { files, complaints } = await storeFiles(ctx, siteId, answered.files);
  if (complaints.length > 0) return { kind: "wrong", complaints };
  let result: Submitted;
  try {
    result = await commitAs(ctx, async () => {
      const meanwhile = sentKey === null ? null : await findSent(ctx, formId, sentKey);
      if (meanwhile) {
        return isSame(meanwhile, submitting)
          ? ({ kind: "repeated", submission: meanwhile } as const)
          : ({ kind: "other" } as const);
      }
      const form = await formById(ctx, formId);
      const submission = await stage(ctx, submitting, { form, files, sentKey });
      return { kind: "stored", submission } as const;
    });
  } catch (error) {
    await discardFiles(ctx, siteId, files);
    throw error;
  }
  if (result.kind !== "stored") await discardFiles(ctx, siteId, files);
  return result;
}

async function formById(ctx: Ctx, formId: string): Promise<FormRow> {
  const [form] = await ctx.db
    .select()
    .from(forms)
    .where(scoped(ctx, forms, eq(forms.id, formId)));
  // It was there when the submission was looked at.
  if (!form) throw new ConcurrentChange();
  return form;
}
