// A model stands from now on, and all persons are to be resolved again by it.
// `former`: by which model they still are resolved; the first of several that nothing was resolved by.
// params: version: string, document: string, shipped: string, by: string, at: int
// returns: version: string
// mode: write
// allows: Eager
MATCH (i:Installation)
WITH i, coalesce(i.former, []) AS former
MERGE (m:Model {version: $version})
ON CREATE SET m.document = $document
SET m.by = $by, m.at = $at,
    i.former = CASE WHEN any(one IN former WHERE one STARTS WITH 'person-') THEN former
                    ELSE former + coalesce(i.model, $shipped) END,
    i.model = $version,
    i.resolving = [kind IN coalesce(i.resolving, []) WHERE kind <> 'Person'] + 'Person'
RETURN m.version AS version
