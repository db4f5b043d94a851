/** A name that an owner has given a form: it stands in addresses. */
const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const isFormKey = (text: string): boolean => KEY.test(text);

/**
 * What a form without a name is called: by its page, which translations share, and its place among the nameless forms of
 * that page. It stays the same when the page is renamed, moved or published anew.
 */
export const formKeyOf = (documentId: string, place: number): string =>
  `${documentId.replace(/^[a-z]+_/, "").toLowerCase()}-${place}`;
