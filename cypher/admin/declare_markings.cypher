// Numbers for markings, in the order given, after those that exist; the lock on the installation keeps them unique.
// params: texts: list<string>
// returns: mk: int, text: string
// mode: write
// allows: Eager
MATCH (i:Installation) SET i.lock = true
WITH i
UNWIND $texts AS text
MERGE (m:Marking {text: text})
ON CREATE SET m.mk = i.markings, i.markings = i.markings + 1
RETURN m.mk AS mk, m.text AS text
