/** Which appointment somebody wants. */
export interface Asked {
  /** The booking's own id: it is not in its own way. */
  id: string;
  serviceId: string;
  startAt: number;
  /** `null` for whoever is free. */
  staffId: string | null;
  /** Who is asked first, where nobody is named. */
  preferred?: string | null;
  people: number;
  /** The field by which a booking that there is already moves: its service can be inactive by now. `null` for a new one. */
  movedBy?: string | null;
}
