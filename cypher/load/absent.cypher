// The rows of a file entry that were last seen before a full delivery of this date, and are not known to be gone since before it.
// params: source: int, file: string, date: int
// returns: slot: string
// mode: internal
MATCH (w:Row)
WHERE w.source = $source AND w.file = $file AND (w.live OR w.until > $date)
  AND coalesce(w.last_as_of, -1) < $date AND coalesce(w.last_full, -1) < $date
RETURN w.slot AS slot
