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
}
