// The ids of the watches of each of these people.
// params: owners: list
// returns: owner: string, ids: list
// mode: internal
UNWIND $owners AS owner
MATCH (w:Watch {owner: owner})
RETURN owner, collect(w.id) AS ids
