// What a former model of a kind joined is kept; nothing more is asked of it.
// params: version: string
// returns: former: list<string>
// mode: write
MATCH (i:Installation)
SET i.former = [one IN coalesce(i.former, []) WHERE one <> $version]
RETURN i.former AS former
