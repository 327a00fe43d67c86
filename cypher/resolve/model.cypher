// The document of a published model.
// params: version: string
// returns: document: string, by: string
// mode: internal
MATCH (m:Model {version: $version}) RETURN m.document AS document, m.by AS by
