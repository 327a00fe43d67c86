// The models that were published, and which of them stands.
// params:
// returns: properties: map
// mode: internal
MATCH (m:Model)
RETURN m{.*, stands: EXISTS { MATCH (:Installation {model: m.version}) }} AS properties
