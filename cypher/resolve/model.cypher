// The document of a published model.
// params: version: string
// returns: document: string
// mode: internal
MATCH (m:Model {version: $version}) RETURN m.document AS document
