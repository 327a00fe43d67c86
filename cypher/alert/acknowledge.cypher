// Alerts are acknowledged; one that is already stays so.
// params: alerts: list<map>
// returns: alerts: int
// mode: write
UNWIND $alerts AS alert
MERGE (a:Acknowledged {id: alert.id})
ON CREATE SET a = alert
RETURN count(*) AS alerts
