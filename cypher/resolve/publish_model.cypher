// A model stands from now on, and all persons are to be resolved again by it.
// params: version: string, document: string, by: string, at: int
// returns: version: string
// mode: write
// allows: Eager
MATCH (i:Installation)
MERGE (m:Model {version: $version})
ON CREATE SET m.document = $document
SET m.by = $by, m.at = $at, i.model = $version,
    i.resolving = [kind IN coalesce(i.resolving, []) WHERE kind <> 'Person'] + 'Person'
RETURN m.version AS version
