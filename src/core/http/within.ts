/** One of several operations that came with one call. */
export interface Operation {
  /** Counted from 0: the first is paid for by the call it came with. */
  index: number;
  method: string;
  /** Below the surface, with its query. */
  path: string;
  /** JSON; nothing where it has no body. */
  body: string | undefined;
  headers: Readonly<Record<string, string>>;
}

/** Carries out an operation that came within a call: identified, admitted, authorised and committed as one of its own. */
export type Within = (operation: Operation) => Promise<Response>;
