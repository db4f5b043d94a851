/** What visitors can be asked for. */
export const FIELD_TYPES = [
  "text",
  "email",
  "tel",
  "textarea",
  "number",
  "date",
  "select",
  "radio",
  "checkbox",
  "checkboxes",
  "consent",
  "file",
  "hidden",
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

/** One of the answers a field offers. */
export interface FieldOption {
  /** What is stored. */
  value: string;
  label: string;
}

/** A field of a form as it was published. What is left out does not apply to it. */
export interface FormField {
  name: string;
  type: FieldType;
  label: string;
  required: boolean;
  help?: string;
  options?: FieldOption[];
  /** The least and the most: of a number, or days such as `2026-05-26` of a date. */
  min?: number | string;
  max?: number | string;
  /** Characters of a text, at most. */
  maxLength?: number;
  /** Endings of files that are taken, without dots; those of all media where it is left out. */
  accept?: string[];
  /** Bytes of a file, at most. */
  maxBytes?: number;
  /** Of a hidden field. */
  value?: string;
}

/** A form as visitors fill it in. */
export interface FormDefinition {
  /** What it is known by on its website, publish after publish. */
  key: string;
  name: string;
  fields: FormField[];
  submitLabel?: string;
  /** Said when it has arrived; words of ours where it is left out. */
  successMessage?: string;
  /** A path of the website that is led to instead. */
  redirectTo?: string;
}

export const MAX_FIELDS = 60;
export const MAX_OPTIONS = 200;
/** Bytes of all files of a submission together, and of its other fields. */
export const MAX_FILES_BYTES = 10_000_000;
export const MAX_TEXT_BYTES = 64_000;
/** Characters of a line and of a longer text, where the form does not say. */
export const MAX_LINE = 500;
export const MAX_TEXTAREA = 5_000;
/** Characters that any text may be allowed to have. */
export const MOST_CHARACTERS = 20_000;

/** What browsers send without a file: the rest goes as multipart. */
export const hasFiles = ({ fields }: Pick<FormDefinition, "fields">): boolean =>
  fields.some(({ type }) => type === "file");

/** The longest text a field takes, in characters. */
export const lengthOf = ({ type, maxLength }: Pick<FormField, "type" | "maxLength">): number =>
  maxLength ?? (type === "textarea" ? MAX_TEXTAREA : type === "email" ? 254 : MAX_LINE);

/** The most bytes a file of a field may have. */
export const bytesOf = ({ maxBytes }: Pick<FormField, "maxBytes">): number => maxBytes ?? MAX_FILES_BYTES;
