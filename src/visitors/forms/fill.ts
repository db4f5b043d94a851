import { showingToken } from "../../content/forms/submissions/token.ts";
import { now } from "../../core/clock.ts";
import { formOf } from "../../rendering/forms/form.ts";
import type { FormQuery } from "../../rendering/forms/query.ts";
import type { Filler } from "../live/filling.ts";
import { formAddress } from "./root.ts";

/** Forms in their places on a page that is read: each says when that was. In a preview none can be sent. */
export const fillForms: Filler<FormQuery> = async ({ env, site, locale }, queries) => {
  const contents = await Promise.all(
    queries.map(async ({ form, page }, index) => {
      const nth = queries.slice(0, index + 1).filter((it) => it.form.key === form.key).length;
      const shown = { form, locale, page, nth };
      if (site.draft) return formOf({ ...shown, action: null, token: "" });
      const token = await showingToken(env, { siteId: site.siteId, key: form.key }, now());
      return formOf({ ...shown, action: formAddress({ site, locale }, form.key), token });
    }),
  );
  return { contents, extras: ["forms.css"] };
};
