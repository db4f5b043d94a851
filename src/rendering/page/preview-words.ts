/** What a preview says of itself, and the overview of a site's pending changes. */
interface PreviewWords {
  preview: string;
  /** Before the moment it ends. */
  until: string;
  changes: string;
  added: string;
  changed: string;
  removed: string;
  none: string;
  /** What the lists leave out; `{count}` is how much. */
  more: string;
}

const ENGLISH: PreviewWords = {
  preview: "Draft preview",
  until: "until",
  changes: "Changes",
  added: "Added",
  changed: "Changed",
  removed: "Removed",
  none: "The website is published as it is.",
  more: "and {count} more",
};

const WORDS: Record<string, PreviewWords> = {
  de: {
    preview: "Vorschau des Entwurfs",
    until: "bis",
    changes: "Änderungen",
    added: "Neu",
    changed: "Geändert",
    removed: "Entfernt",
    none: "Die Website ist veröffentlicht, wie sie ist.",
    more: "und {count} weitere",
  },
  nl: {
    preview: "Voorbeeld van het concept",
    until: "tot",
    changes: "Wijzigingen",
    added: "Nieuw",
    changed: "Gewijzigd",
    removed: "Verwijderd",
    none: "De website is gepubliceerd zoals hij is.",
    more: "en nog {count}",
  },
  fr: {
    preview: "Aperçu du brouillon",
    until: "jusqu’au",
    changes: "Modifications",
    added: "Ajouté",
    changed: "Modifié",
    removed: "Supprimé",
    none: "Le site est publié tel quel.",
    more: "et {count} de plus",
  },
  es: {
    preview: "Vista previa del borrador",
    until: "hasta",
    changes: "Cambios",
    added: "Añadido",
    changed: "Modificado",
    removed: "Eliminado",
    none: "El sitio está publicado tal como está.",
    more: "y {count} más",
  },
  ar: {
    preview: "معاينة المسودة",
    until: "حتى",
    changes: "التغييرات",
    added: "مضاف",
    changed: "معدّل",
    removed: "محذوف",
    none: "الموقع منشور كما هو.",
    more: "و{count} أخرى",
  },
};

/** The words of a preview in a page's language, in English where there are none. */
export const previewWordsFor = (locale: string): PreviewWords => WORDS[locale.split("-")[0] as string] ?? ENGLISH;
