import { eq } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { MailFollower } from "../../../mail/followers.ts";
import { shownBy } from "../../resource/contract.ts";
import { changeItem, type Written } from "../../resource/write.ts";
import { MessageSchema } from "./contract.ts";
import { MESSAGES } from "./resource.ts";
import { messages } from "./table.ts";

const WRITTEN = { ...MESSAGES, show: shownBy(MessageSchema) } as unknown as Written<typeof messages>;

/** A message is what became of its mail. */
export const MESSAGE_FOLLOWER: MailFollower = {
  kind: "message",
  async settled(ctx, { id, status, reason, attempts, finishedAt }) {
    const [row] = await ctx.db
      .select()
      .from(messages)
      .where(scoped(ctx, messages, eq(messages.mailId, id)));
    if (!row) return;
    const own = { status, reason, attempts, finishedAt };
    await changeItem(ctx, WRITTEN, row, { own, sent: {} });
  },
};
