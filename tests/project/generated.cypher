// create_entities Person
UNWIND $nodes AS node CREATE (e:`Entity`:`Person`) SET e = node RETURN count(*) AS nodes
// create_entities Organisation
UNWIND $nodes AS node CREATE (e:`Entity`:`Organisation`) SET e = node RETURN count(*) AS nodes
// create_entities Vehicle
UNWIND $nodes AS node CREATE (e:`Entity`:`Vehicle`) SET e = node RETURN count(*) AS nodes
// create_entities Address
UNWIND $nodes AS node CREATE (e:`Entity`:`Address`) SET e = node RETURN count(*) AS nodes
// create_entities Place
UNWIND $nodes AS node CREATE (e:`Entity`:`Place`) SET e = node RETURN count(*) AS nodes
// create_entities Phone
UNWIND $nodes AS node CREATE (e:`Entity`:`Phone`) SET e = node RETURN count(*) AS nodes
// create_entities Email
UNWIND $nodes AS node CREATE (e:`Entity`:`Email`) SET e = node RETURN count(*) AS nodes
// create_entities Postcode
UNWIND $nodes AS node CREATE (e:`Entity`:`Postcode`) SET e = node RETURN count(*) AS nodes
// create_entities Document
UNWIND $nodes AS node CREATE (e:`Entity`:`Document`) SET e = node RETURN count(*) AS nodes
// create_entities Account
UNWIND $nodes AS node CREATE (e:`Entity`:`Account`) SET e = node RETURN count(*) AS nodes
// create_entities Item
UNWIND $nodes AS node CREATE (e:`Entity`:`Item`) SET e = node RETURN count(*) AS nodes
// create_entities Area
UNWIND $nodes AS node CREATE (e:`Entity`:`Area`) SET e = node RETURN count(*) AS nodes
// create_entities Officer
UNWIND $nodes AS node CREATE (e:`Entity`:`Officer`) SET e = node RETURN count(*) AS nodes
// create_entities Marker
UNWIND $nodes AS node CREATE (e:`Entity`:`Marker`) SET e = node RETURN count(*) AS nodes
// create_entities Crime
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`Crime`) SET e = node RETURN count(*) AS nodes
// create_entities Incident
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`Incident`) SET e = node RETURN count(*) AS nodes
// create_entities StopSearch
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`StopSearch`) SET e = node RETURN count(*) AS nodes
// create_entities Arrest
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`Arrest`) SET e = node RETURN count(*) AS nodes
// create_entities Custody
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`Custody`) SET e = node RETURN count(*) AS nodes
// create_entities Call
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`Call`) SET e = node RETURN count(*) AS nodes
// create_entities Sighting
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`Sighting`) SET e = node RETURN count(*) AS nodes
// create_entities IntelReport
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`IntelReport`) SET e = node RETURN count(*) AS nodes
// create_entities Safeguarding
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`Safeguarding`) SET e = node RETURN count(*) AS nodes
// create_entities PublicEvent
UNWIND $nodes AS node CREATE (e:`Entity`:`Event`:`PublicEvent`) SET e = node RETURN count(*) AS nodes
// merge_entities Person
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Person` RETURN count(*) AS nodes
// merge_entities Organisation
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Organisation` RETURN count(*) AS nodes
// merge_entities Vehicle
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Vehicle` RETURN count(*) AS nodes
// merge_entities Address
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Address` RETURN count(*) AS nodes
// merge_entities Place
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Place` RETURN count(*) AS nodes
// merge_entities Phone
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Phone` RETURN count(*) AS nodes
// merge_entities Email
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Email` RETURN count(*) AS nodes
// merge_entities Postcode
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Postcode` RETURN count(*) AS nodes
// merge_entities Document
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Document` RETURN count(*) AS nodes
// merge_entities Account
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Account` RETURN count(*) AS nodes
// merge_entities Item
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Item` RETURN count(*) AS nodes
// merge_entities Area
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Area` RETURN count(*) AS nodes
// merge_entities Officer
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Officer` RETURN count(*) AS nodes
// merge_entities Marker
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Marker` RETURN count(*) AS nodes
// merge_entities Crime
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`Crime` RETURN count(*) AS nodes
// merge_entities Incident
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`Incident` RETURN count(*) AS nodes
// merge_entities StopSearch
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`StopSearch` RETURN count(*) AS nodes
// merge_entities Arrest
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`Arrest` RETURN count(*) AS nodes
// merge_entities Custody
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`Custody` RETURN count(*) AS nodes
// merge_entities Call
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`Call` RETURN count(*) AS nodes
// merge_entities Sighting
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`Sighting` RETURN count(*) AS nodes
// merge_entities IntelReport
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`IntelReport` RETURN count(*) AS nodes
// merge_entities Safeguarding
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`Safeguarding` RETURN count(*) AS nodes
// merge_entities PublicEvent
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) SET e = node, e:`Entity`:`Event`:`PublicEvent` RETURN count(*) AS nodes
// merge_values Person
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Person` RETURN count(*) AS nodes
// merge_values Organisation
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Organisation` RETURN count(*) AS nodes
// merge_values Vehicle
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Vehicle` RETURN count(*) AS nodes
// merge_values Address
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Address` RETURN count(*) AS nodes
// merge_values Place
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Place` RETURN count(*) AS nodes
// merge_values Phone
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Phone` RETURN count(*) AS nodes
// merge_values Email
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Email` RETURN count(*) AS nodes
// merge_values Postcode
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Postcode` RETURN count(*) AS nodes
// merge_values Document
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Document` RETURN count(*) AS nodes
// merge_values Account
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Account` RETURN count(*) AS nodes
// merge_values Item
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Item` RETURN count(*) AS nodes
// merge_values Area
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Area` RETURN count(*) AS nodes
// merge_values Officer
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Officer` RETURN count(*) AS nodes
// merge_values Marker
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Marker` RETURN count(*) AS nodes
// merge_values Crime
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`Crime` RETURN count(*) AS nodes
// merge_values Incident
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`Incident` RETURN count(*) AS nodes
// merge_values StopSearch
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`StopSearch` RETURN count(*) AS nodes
// merge_values Arrest
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`Arrest` RETURN count(*) AS nodes
// merge_values Custody
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`Custody` RETURN count(*) AS nodes
// merge_values Call
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`Call` RETURN count(*) AS nodes
// merge_values Sighting
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`Sighting` RETURN count(*) AS nodes
// merge_values IntelReport
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`IntelReport` RETURN count(*) AS nodes
// merge_values Safeguarding
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`Safeguarding` RETURN count(*) AS nodes
// merge_values PublicEvent
UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) ON CREATE SET e = node, e:`Entity`:`Event`:`PublicEvent` RETURN count(*) AS nodes
// retire_entities Person
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Person` RETURN count(*) AS nodes
// retire_entities Organisation
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Organisation` RETURN count(*) AS nodes
// retire_entities Vehicle
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Vehicle` RETURN count(*) AS nodes
// retire_entities Address
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Address` RETURN count(*) AS nodes
// retire_entities Place
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Place` RETURN count(*) AS nodes
// retire_entities Phone
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Phone` RETURN count(*) AS nodes
// retire_entities Email
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Email` RETURN count(*) AS nodes
// retire_entities Postcode
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Postcode` RETURN count(*) AS nodes
// retire_entities Document
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Document` RETURN count(*) AS nodes
// retire_entities Account
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Account` RETURN count(*) AS nodes
// retire_entities Item
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Item` RETURN count(*) AS nodes
// retire_entities Area
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Area` RETURN count(*) AS nodes
// retire_entities Officer
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Officer` RETURN count(*) AS nodes
// retire_entities Marker
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Marker` RETURN count(*) AS nodes
// retire_entities Crime
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`Crime` RETURN count(*) AS nodes
// retire_entities Incident
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`Incident` RETURN count(*) AS nodes
// retire_entities StopSearch
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`StopSearch` RETURN count(*) AS nodes
// retire_entities Arrest
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`Arrest` RETURN count(*) AS nodes
// retire_entities Custody
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`Custody` RETURN count(*) AS nodes
// retire_entities Call
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`Call` RETURN count(*) AS nodes
// retire_entities Sighting
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`Sighting` RETURN count(*) AS nodes
// retire_entities IntelReport
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`IntelReport` RETURN count(*) AS nodes
// retire_entities Safeguarding
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`Safeguarding` RETURN count(*) AS nodes
// retire_entities PublicEvent
UNWIND $ids AS id MATCH (e:Entity {id: id}) SET e:Retired REMOVE e:`Entity`:`Event`:`PublicEvent` RETURN count(*) AS nodes
// revive_entities Person
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Person` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Organisation
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Organisation` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Vehicle
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Vehicle` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Address
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Address` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Place
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Place` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Phone
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Phone` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Email
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Email` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Postcode
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Postcode` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Document
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Document` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Account
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Account` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Item
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Item` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Area
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Area` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Officer
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Officer` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Marker
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Marker` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Crime
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`Crime` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Incident
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`Incident` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities StopSearch
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`StopSearch` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Arrest
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`Arrest` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Custody
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`Custody` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Call
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`Call` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Sighting
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`Sighting` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities IntelReport
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`IntelReport` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities Safeguarding
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`Safeguarding` REMOVE e:Retired RETURN count(*) AS nodes
// revive_entities PublicEvent
UNWIND $ids AS id MATCH (e:Retired {id: id}) SET e:`Entity`:`Event`:`PublicEvent` REMOVE e:Retired RETURN count(*) AS nodes
// create_links INVOLVED_IN
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`INVOLVED_IN`]->(b) SET l = link.p RETURN count(*) AS links
// create_links ASSOCIATED_WITH
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`ASSOCIATED_WITH`]->(b) SET l = link.p RETURN count(*) AS links
// create_links LIVES_AT
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`LIVES_AT`]->(b) SET l = link.p RETURN count(*) AS links
// create_links USES
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`USES`]->(b) SET l = link.p RETURN count(*) AS links
// create_links HOLDS
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`HOLDS`]->(b) SET l = link.p RETURN count(*) AS links
// create_links KEEPS
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`KEEPS`]->(b) SET l = link.p RETURN count(*) AS links
// create_links DRIVES
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`DRIVES`]->(b) SET l = link.p RETURN count(*) AS links
// create_links OCCURRED_AT
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`OCCURRED_AT`]->(b) SET l = link.p RETURN count(*) AS links
// create_links IN
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`IN`]->(b) SET l = link.p RETURN count(*) AS links
// create_links HANDLED_BY
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`HANDLED_BY`]->(b) SET l = link.p RETURN count(*) AS links
// create_links MEMBER_OF
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`MEMBER_OF`]->(b) SET l = link.p RETURN count(*) AS links
// create_links SUBJECT_OF
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`SUBJECT_OF`]->(b) SET l = link.p RETURN count(*) AS links
// create_links RELATED_TO
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`RELATED_TO`]->(b) SET l = link.p RETURN count(*) AS links
// create_links SAME_IDENTITY
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`SAME_IDENTITY`]->(b) SET l = link.p RETURN count(*) AS links
// create_links WAS
UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) CREATE (a)-[l:`WAS`]->(b) SET l = link.p RETURN count(*) AS links
// delete_links INVOLVED_IN
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`INVOLVED_IN`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links ASSOCIATED_WITH
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`ASSOCIATED_WITH`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links LIVES_AT
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`LIVES_AT`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links USES
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`USES`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links HOLDS
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`HOLDS`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links KEEPS
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`KEEPS`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links DRIVES
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`DRIVES`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links OCCURRED_AT
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`OCCURRED_AT`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links IN
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`IN`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links HANDLED_BY
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`HANDLED_BY`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links MEMBER_OF
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`MEMBER_OF`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links SUBJECT_OF
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`SUBJECT_OF`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links RELATED_TO
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`RELATED_TO`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links SAME_IDENTITY
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`SAME_IDENTITY`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// delete_links WAS
UNWIND $links AS link MATCH (a:Entity {id: link.from})-[l:`WAS`]->(:Entity) WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links
// key_index k_id1
CREATE INDEX record_k_id1 IF NOT EXISTS FOR (n:Record) ON (n.k_id1)
// key_index k_id2
CREATE INDEX record_k_id2 IF NOT EXISTS FOR (n:Record) ON (n.k_id2)
// key_index k_id3
CREATE INDEX record_k_id3 IF NOT EXISTS FOR (n:Record) ON (n.k_id3)
// key_index k_contact1
CREATE INDEX record_k_contact1 IF NOT EXISTS FOR (n:Record) ON (n.k_contact1)
// key_index k_contact2
CREATE INDEX record_k_contact2 IF NOT EXISTS FOR (n:Record) ON (n.k_contact2)
// key_index k_contact3
CREATE INDEX record_k_contact3 IF NOT EXISTS FOR (n:Record) ON (n.k_contact3)
// key_index k_address
CREATE INDEX record_k_address IF NOT EXISTS FOR (n:Record) ON (n.k_address)
// key_index k_birth1
CREATE INDEX record_k_birth1 IF NOT EXISTS FOR (n:Record) ON (n.k_birth1)
// key_index k_birth2
CREATE INDEX record_k_birth2 IF NOT EXISTS FOR (n:Record) ON (n.k_birth2)
// key_index k_birth3
CREATE INDEX record_k_birth3 IF NOT EXISTS FOR (n:Record) ON (n.k_birth3)
// key_index k_home1
CREATE INDEX record_k_home1 IF NOT EXISTS FOR (n:Record) ON (n.k_home1)
// key_index k_home2
CREATE INDEX record_k_home2 IF NOT EXISTS FOR (n:Record) ON (n.k_home2)
// key_index k_year1
CREATE INDEX record_k_year1 IF NOT EXISTS FOR (n:Record) ON (n.k_year1)
// key_index k_year2
CREATE INDEX record_k_year2 IF NOT EXISTS FOR (n:Record) ON (n.k_year2)
// key_index k_area
CREATE INDEX record_k_area IF NOT EXISTS FOR (n:Record) ON (n.k_area)
// key_index k_day
CREATE INDEX record_k_day IF NOT EXISTS FOR (n:Record) ON (n.k_day)
// key_index k_origin1
CREATE INDEX record_k_origin1 IF NOT EXISTS FOR (n:Record) ON (n.k_origin1)
// key_index k_origin2
CREATE INDEX record_k_origin2 IF NOT EXISTS FOR (n:Record) ON (n.k_origin2)
// key_index k_name
CREATE INDEX record_k_name IF NOT EXISTS FOR (n:Record) ON (n.k_name)
// key_index k_door1
CREATE INDEX record_k_door1 IF NOT EXISTS FOR (n:Record) ON (n.k_door1)
// key_index k_door2
CREATE INDEX record_k_door2 IF NOT EXISTS FOR (n:Record) ON (n.k_door2)
// key_index k_middle1
CREATE INDEX record_k_middle1 IF NOT EXISTS FOR (n:Record) ON (n.k_middle1)
// key_index k_middle2
CREATE INDEX record_k_middle2 IF NOT EXISTS FOR (n:Record) ON (n.k_middle2)
// key_index k_initials
CREATE INDEX record_k_initials IF NOT EXISTS FOR (n:Record) ON (n.k_initials)
// key_index k_near1
CREATE INDEX record_k_near1 IF NOT EXISTS FOR (n:Record) ON (n.k_near1)
// key_index k_near2
CREATE INDEX record_k_near2 IF NOT EXISTS FOR (n:Record) ON (n.k_near2)
// key_index k_spot1
CREATE INDEX record_k_spot1 IF NOT EXISTS FOR (n:Record) ON (n.k_spot1)
// key_index k_spot2
CREATE INDEX record_k_spot2 IF NOT EXISTS FOR (n:Record) ON (n.k_spot2)
// key_index k_thing1
CREATE INDEX record_k_thing1 IF NOT EXISTS FOR (n:Record) ON (n.k_thing1)
// key_index k_thing2
CREATE INDEX record_k_thing2 IF NOT EXISTS FOR (n:Record) ON (n.k_thing2)
// key_index k_thing3
CREATE INDEX record_k_thing3 IF NOT EXISTS FOR (n:Record) ON (n.k_thing3)
// key_index k_thing4
CREATE INDEX record_k_thing4 IF NOT EXISTS FOR (n:Record) ON (n.k_thing4)
// key_index k_thing5
CREATE INDEX record_k_thing5 IF NOT EXISTS FOR (n:Record) ON (n.k_thing5)
// key_index k_thing6
CREATE INDEX record_k_thing6 IF NOT EXISTS FOR (n:Record) ON (n.k_thing6)
// key_index k_thing7
CREATE INDEX record_k_thing7 IF NOT EXISTS FOR (n:Record) ON (n.k_thing7)
// key_index k_thing8
CREATE INDEX record_k_thing8 IF NOT EXISTS FOR (n:Record) ON (n.k_thing8)
// key_index k_thing9
CREATE INDEX record_k_thing9 IF NOT EXISTS FOR (n:Record) ON (n.k_thing9)
// key_index k_thing10
CREATE INDEX record_k_thing10 IF NOT EXISTS FOR (n:Record) ON (n.k_thing10)
// key_index k_thing11
CREATE INDEX record_k_thing11 IF NOT EXISTS FOR (n:Record) ON (n.k_thing11)
// key_index k_thing12
CREATE INDEX record_k_thing12 IF NOT EXISTS FOR (n:Record) ON (n.k_thing12)
