// Vehicles, addresses and organisations are resolved by evidence: all of them again, and their keys made anew.
MATCH (i:Installation) WHERE EXISTS { MATCH (:Record) }
SET i.resolving = [kind IN coalesce(i.resolving, []) WHERE NOT kind IN ['Vehicle', 'Address', 'Organisation']]
                  + ['Vehicle', 'Address', 'Organisation'];
