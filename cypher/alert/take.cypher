// Some alerts that wait for one of these webhooks, the oldest first, are taken until a moment; asked in one's turn.
// params: now: int, until: int, webhooks: list, most: int
// returns: id: string, watch: string, webhook: string, pattern: string, at: int, tries: int
// mode: write
// allows: Eager
MATCH (d:Delivery {state: 'WAITING'})
WHERE d.due <= $now AND d.webhook IN $webhooks
WITH d ORDER BY d.at, d.id LIMIT $most
SET d.due = $until, d.tries = d.tries + 1
RETURN d.id AS id, d.watch AS watch, d.webhook AS webhook, d.pattern AS pattern, d.at AS at, d.tries AS tries
