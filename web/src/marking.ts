// Markings as security/marking.py has them: a classification and clauses; their join is the higher one and all clauses.

/** The least marking at or above all of these; an unknown classification counts as the highest. */
export function join(texts: string[], classifications: string[]): string {
  const clauses = new Set<string>();
  let head = "";
  let rank = -1;
  for (const text of texts) {
    const [first = "", ...rest] = text.split(";").map((part) => part.trim());
    const found = classifications.indexOf(first);
    const at = found < 0 ? classifications.length : found;
    if (at > rank) [head, rank] = [first, at];
    rest.forEach((clause) => clauses.add(clause));
  }
  return [head, ...[...clauses].sort()].join("; ");
}

/** The classification of a marking as the end of a class name: `official`, `official-sensitive`, `secret`. */
export function level(text: string): string {
  return (text.split(";")[0] ?? "").trim().toLowerCase().replaceAll(" ", "-");
}
