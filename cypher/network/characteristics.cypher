// What is recorded of the protected characteristics of these people, for comparing groups of them; no analytic reads it.
// params: ids: list, allowed: list
// returns: id: string, self_defined: string, observed: string, sex: string, born: string
// mode: read
UNWIND $ids AS id
MATCH (p:Person {id: id})
WHERE p.mk IN $allowed
RETURN p.id AS id, p.ethnicity_self AS self_defined, p.ethnicity_observed AS observed, p.gender AS sex, p.date_of_birth AS born
