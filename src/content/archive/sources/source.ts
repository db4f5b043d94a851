/** A record that a source has. */
export interface Found {
  kind: string;
  record: Record<string, unknown>;
  /** What it is known by there, for problems: a path, an id. */
  name: string;
}

/** Something a source has that is no record of ours, or something of a record that is left behind (`changed`). */
export interface NotTaken {
  kind: string;
  name: string;
  outcome?: "left_out" | "changed";
  message: string;
}

/** The bytes of a file, on their way. */
export interface FileBytes {
  /** Exactly. */
  size: number;
  body: ReadableStream<Uint8Array>;
  /** The content type somebody has named. */
  declared: string;
}

/** Where records come from. A piece is what is read in one go; read again it gives the same. */
export interface Source {
  pieces: number;
  read(piece: number): AsyncIterable<Found | NotTaken>;
  /** The bytes that belong to a record; `null` when they are not there. */
  file?(record: Record<string, unknown>): Promise<FileBytes | null>;
}
