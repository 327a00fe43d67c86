"""Objects of answers, by their types in the schema.

Written from api/schema.graphql by `make docs`.
"""

from __future__ import annotations

from datetime import date, datetime

from client.answer import Connection, Thing
from client.made.choice import (
    ChangeType,
    DataRight,
    Habit,
    JobState,
    Kind,
    LinkType,
    MisuseSign,
    Pattern,
    Precision,
    QualityDimension,
    Verdict,
    WatchPattern,
)


class Node(Thing):
    """Anything that has an id."""

    __slots__ = ()
    id: str


class Access(Thing):
    """An entry of the audit log: who did what, when and why."""

    __slots__ = ()
    seq: int
    at: datetime
    user: str
    role: str | None
    act: str
    operation: str
    component: str
    purpose: str | None
    reference: str | None
    outcome: list[str]


class AccessConnection(Connection["Access"]):
    """AccessConnection."""

    __slots__ = ()
    edges: list[AccessEdge]
    page_info: PageInfo


class AccessEdge(Thing):
    """AccessEdge."""

    __slots__ = ()
    cursor: str
    node: Access


class AcknowledgePayload(Thing):
    """Alerts that stand acknowledged."""

    __slots__ = ()
    ids: list[str]


class Alarm(Thing):
    """Alerts that were not told before on this stream."""

    __slots__ = ()
    alerts: list[Alert]
    more: bool


class Alert(Thing):
    """A fact that fired a watch. Its id is made of both, so that one fact is one alert of a watch."""

    __slots__ = ()
    id: str
    at: datetime
    watch: Watch
    pattern: WatchPattern
    sentence: str
    subjects: list[Entity]
    change: Change | None
    links: list[Link]
    events: list[Entity]
    path: Path | None
    acknowledged_at: datetime | None


class AlertConnection(Connection["Alert"]):
    """A page of alerts. Without an order its last cursor stays good: asked later it gives what came since."""

    __slots__ = ()
    edges: list[AlertEdge]
    page_info: PageInfo


class AlertEdge(Thing):
    """AlertEdge."""

    __slots__ = ()
    cursor: str
    node: Alert


class Associate(Thing):
    """Somebody tied to the subject, how strongly, and why."""

    __slots__ = ()
    entity: Entity
    score: float
    because: list[Link]
    shared_events: int
    last_seen: datetime | None


class AssociateConnection(Connection["Associate"]):
    """AssociateConnection."""

    __slots__ = ()
    edges: list[AssociateEdge]
    page_info: PageInfo
    total_count: int
    total_count_capped: bool


class AssociateEdge(Thing):
    """AssociateEdge."""

    __slots__ = ()
    cursor: str
    node: Associate


class AtRisk(Thing):
    """Somebody in a network who is marked as vulnerable: where to look for who may need help, never a score."""

    __slots__ = ()
    entity: Entity
    markers: list[Warning]
    hops: int
    path: list[Entity]
    offenders: list[OffenderTie]
    evidence: list[Link]
    sentence: str


class Brief(Thing):
    """What is drawn, to be taken away: who and what, because of which statements."""

    __slots__ = ()
    nodes: list[Entity]
    links: list[Link]
    truncated: Truncation | None
    made_at: datetime
    made_by: str
    purpose: str | None
    reference: str | None
    marking: str | None


class CallAnalysis(Thing):
    """The calls of a phone, or of all phones of a subject."""

    __slots__ = ()
    subject: Entity
    phones: list[Entity]
    calls: int
    outgoing: int
    seconds: int
    first: datetime | None
    last: datetime | None
    by_hour: list[list[int]]
    contacts: list[CallContact]
    truncated: Truncation | None


class CallContact(Thing):
    """A phone that was in calls with the subject's."""

    __slots__ = ()
    phone: Entity
    calls: int
    outgoing: int
    seconds: int
    first: datetime | None
    last: datetime | None


class Change(Thing):
    """Something new on subjects that are watched."""

    __slots__ = ()
    at: datetime
    what: ChangeType
    subjects: list[Entity]
    record: Record | None
    link: Link | None
    decision: Decision | None
    property: str | None
    before: str | None
    now: str | None


class ChangeConnection(Connection["Change"]):
    """A page of changes. Its last cursor stays good: asked later it gives what came since."""

    __slots__ = ()
    edges: list[ChangeEdge]
    page_info: PageInfo


class ChangeEdge(Thing):
    """ChangeEdge."""

    __slots__ = ()
    cursor: str
    node: Change


class CoOffender(Thing):
    """Somebody who had a part in the same events."""

    __slots__ = ()
    entity: Entity
    shared_events: int
    first: datetime | None
    last: datetime | None
    events: list[Entity]


class CommonContact(Thing):
    """A phone that was in calls with at least two subjects."""

    __slots__ = ()
    phone: Entity
    calls: int
    of: list[ContactOf]


class Community(Thing):
    """A group of two or more who are tied to each other more than to others."""

    __slots__ = ()
    id: str
    size: int
    density: float
    members: list[KeyPlayer]
    bridges: list[Entity]


class Comparable(Thing):
    """A past event, how alike it is, the officers deployed to it and the incidents that came."""

    __slots__ = ()
    entity: Entity
    similarity: float
    officers: int
    incidents: int


class Completeness(Thing):
    """Minimum POLE data standard: what a person in this role should have, what is missing."""

    __slots__ = ()
    standard: str
    met: bool
    missing: list[str]


class ContactOf(Thing):
    """One of those who have a contact in common, and its calls with it."""

    __slots__ = ()
    subject: Entity
    calls: int
    first: datetime | None
    last: datetime | None


class Counterfactual(Thing):
    """What would be said if a field were not known."""

    __slots__ = ()
    without: str
    bits: float
    verdict: Verdict
    sentence: str


class DecidePayload(Thing):
    """A word as it stands, and the entities of its two records after it."""

    __slots__ = ()
    decision: Decision
    entities: list[Entity]


class DemandForecast(Thing):
    """How many officers an event or an ordinary shift needs: learnt from the past events, or the year of
    incidents, that the viewer may see, and from nothing else.
    """

    __slots__ = ()
    event: Entity | None
    officers: int
    low: int
    high: int
    confidence: float
    incidents: float
    incidents_low: int
    incidents_high: int
    comparable: list[Comparable]
    assumptions: list[str]
    costs: list[ScorePart]
    options: list[DeploymentOption]
    hours: list[HourForecast]


class DeploymentOption(Thing):
    """A number of officers and what it is expected to cost."""

    __slots__ = ()
    officers: int
    cost: float
    unmet: float


class Dispute(Thing):
    """What somebody says against a record about them: seen by whoever sees the record."""

    __slots__ = ()
    id: str
    record: Record | None
    right: DataRight
    sentence: str
    reason: str
    statement: str | None
    reference: str | None
    rectified: str | None
    by: str
    at: datetime
    closed_at: datetime | None
    closed_by: str | None
    closed_reason: str | None


class EarlierCall(Thing):
    """An incident before an event, from where that is, and what they have in common."""

    __slots__ = ()
    entity: Entity
    callers: list[Entity]
    reasons: list[str]


class EmergencyAccess(Thing):
    """Somebody's sight of markings that they do not hold, for a while, and why."""

    __slots__ = ()
    id: str
    user: str
    role: str | None
    markings: list[str]
    reason: str
    purpose: str | None
    reference: str | None
    at: datetime
    until: datetime
    ended_at: datetime | None
    ended_by: str | None
    active: bool
    alerted: bool | None


class EmergingNetwork(Thing):
    """A group that is new, growing, joined of others or parted from others, and what says so."""

    __slots__ = ()
    community: Community
    change: str
    growth: float
    since: date
    evidence: list[Link]
    sentence: str


class EntityConnection(Connection["Entity"]):
    """EntityConnection."""

    __slots__ = ()
    edges: list[EntityEdge]
    page_info: PageInfo
    total_count: int
    total_count_capped: bool
    facets: list[Facet]


class EntityEdge(Thing):
    """EntityEdge."""

    __slots__ = ()
    cursor: str
    node: Entity


class EventContext(Thing):
    """The activities most relevant to an event, each with why."""

    __slots__ = ()
    event: Entity
    activities: list[RelevantActivity]
    truncated: Truncation | None
    earlier_calls: list[EarlierCall]
    residents: list[Resident]


class Evidence(Thing):
    """One comparison: the two values, the level they reached and the bits it is worth."""

    __slots__ = ()
    field: str
    left: str | None
    right: str | None
    level: str
    bits: float
    sentence: str


class ExportText(Thing):
    """A text, what to call it as a file, and its media type."""

    __slots__ = ()
    name: str
    media_type: str
    text: str


class Facet(Thing):
    """How many of all that a list has, on whatever page, have each value of a property; most first, then by
    value. What has several values (sources, areas) counts with each.
    """

    __slots__ = ()
    property: str
    values: list[FacetValue]
    missing: int
    further: int
    counted: int
    capped: bool


class FacetValue(Thing):
    """A value of a property and how many things have it."""

    __slots__ = ()
    value: str
    count: int
    entity: Entity | None


class GeoPoint(Thing):
    """A point on WGS 84, degrees."""

    __slots__ = ()
    latitude: float
    longitude: float


class GoldenChange(Thing):
    """A golden value that would not stay as it is."""

    __slots__ = ()
    property: str
    before: list[str]
    before_records: list[Record]
    after: str
    rule: str
    record: Record


class GoldenValue(Thing):
    """One golden value, the rule that chose it and what it beat."""

    __slots__ = ()
    property: str
    value: str
    rule: str
    record: Record
    others: list[OtherValue]


class Grade(Thing):
    """A 3x5x2 grade: source 1-3, intelligence A-E, handling P or C."""

    __slots__ = ()
    source: int
    intelligence: str
    handling: str
    label: str


class Group(Thing):
    """The part of a figure that has one key: a priority, a type, a status, a source."""

    __slots__ = ()
    key: str
    value: float


class HabitChange(Thing):
    """A habit in the window against the span of the same length before it."""

    __slots__ = ()
    habit: Habit
    change: str
    entity: Entity | None
    key: str | None
    before: int
    now: int
    p_value: float
    sentence: str


class Hotspot(Thing):
    """A square cell of the British National Grid, and what happened in it beside its baseline."""

    __slots__ = ()
    cell: str
    centre: GeoPoint
    boundary: list[GeoPoint]
    events: int
    expected: float
    significance: float
    adjusted: float
    significant: bool
    before: int
    density: float
    forecast: float
    note: str | None


class HourForecast(Thing):
    """An hour of a shift."""

    __slots__ = ()
    at: datetime
    incidents: float
    low: int
    high: int
    officers: int


class IdentityCandidate(Thing):
    """Somebody it may be."""

    __slots__ = ()
    entity: Entity
    weight: float
    probability: float
    evidence: list[Evidence]


class Indicator(Thing):
    """A pattern of harm that shows: where to look, never what somebody will do."""

    __slots__ = ()
    pattern: Pattern
    entities: list[Entity]
    signs: list[ScorePart]
    evidence: list[Link]
    sentence: str


class Interest(Thing):
    """What one other user asked about a subject, for one purpose and reference."""

    __slots__ = ()
    entity: Entity
    user: str
    purpose: str | None
    reference: str | None
    looks: int
    last: datetime


class Job(Thing):
    """A long question that is answered in the background, its owner's alone, and kept for an hour after it is
    over. It is answered as its owner might see the graph when it began; while they do not hold all that they
    held then, it is not there, and whoever was hidden or erased since is left out.
    """

    __slots__ = ()
    id: str
    question: str
    state: JobState
    step: str
    done: float
    begun: datetime
    ended: datetime | None
    kept: datetime
    error: str | None
    key_players: list[KeyPlayer] | None
    communities: list[Community] | None
    emerging_networks: list[EmergingNetwork] | None


class KeyPlayer(Thing):
    """Somebody who matters in a network, how much, and how far that is to be trusted."""

    __slots__ = ()
    entity: Entity
    score: float
    low: float
    high: float
    rank: int
    because: list[ScorePart]


class KindCount(Thing):
    """How many there are of a kind."""

    __slots__ = ()
    kind: Kind
    count: int


class LinkConnection(Connection["Link"]):
    """LinkConnection."""

    __slots__ = ()
    edges: list[LinkEdge]
    page_info: PageInfo
    total_count: int
    total_count_capped: bool


class LinkEdge(Thing):
    """LinkEdge."""

    __slots__ = ()
    cursor: str
    node: Link


class LinkSuggestion(Thing):
    """Somebody who is probably linked though nobody stated it: a hypothesis, never stored as a fact."""

    __slots__ = ()
    entity: Entity
    score: float
    because: list[ScorePart]
    through: list[Entity]


class MergePreview(Thing):
    """What saying that two records or entities are one would do."""

    __slots__ = ()
    token: str
    before: list[Entity]
    golden_changes: list[GoldenChange]
    marking: str
    contradictions: list[str]
    new_paths: list[Path]
    links_joined: int
    joins: bool
    records_joined: int
    together: str | None


class MergeStep(Thing):
    """A step by which two groups of records became one: their two records, or the first of each."""

    __slots__ = ()
    a: Record
    b: Record
    decision: Decision | None
    pair: PairExplanation | None
    sentence: str


class Metrics(Thing):
    """What is happening, counted from what the viewer may see."""

    __slots__ = ()
    as_of: datetime
    total: int
    tiles: list[Tile]


class MisuseIndicator(Thing):
    """A sign that somebody may have looked where they had no business to: where to ask, never a finding."""

    __slots__ = ()
    sign: MisuseSign
    user: str
    officer: Entity | None
    entities: list[Entity]
    accesses: list[Access]
    sentence: str


class Mutation(Thing):
    """The changes. Each is done and settled as a whole before it answers."""

    __slots__ = ()
    decide: DecidePayload
    retract: DecidePayload
    break_glass: EmergencyAccess
    end_break_glass: EmergencyAccess
    dispute: Dispute
    close_dispute: Dispute
    watch: Watch
    unwatch: Watch
    deliver: Watch
    acknowledge: AcknowledgePayload
    save_workspace: Workspace
    delete_workspace: Workspace
    start_key_players: Job
    start_communities: Job
    start_emerging_networks: Job
    cancel_job: Job


class Network(Thing):
    """Things and the links among them."""

    __slots__ = ()
    nodes: list[Entity]
    links: list[Link]
    truncated: Truncation | None


class NetworkExport(Thing):
    """A network as text, with the markings, grades, sources and dates of all that is in it."""

    __slots__ = ()
    things: int
    links: int
    marking: str | None
    texts: list[ExportText]
    truncated: Truncation | None


class OffenderTie(Thing):
    """An offender to whom somebody at risk is tied directly."""

    __slots__ = ()
    entity: Entity
    by: list[str]
    lives_together: bool


class OtherValue(Thing):
    """A value that did not win, and the records that say it."""

    __slots__ = ()
    value: str
    records: list[Record]


class PageInfo(Thing):
    """Where a page begins and ends and whether there is more."""

    __slots__ = ()
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class PairExplanation(Thing):
    """Two records compared."""

    __slots__ = ()
    a: Record
    b: Record
    weight: float
    probability: float
    verdict: Verdict
    evidence: list[Evidence]
    sentence: str
    prior: float | None
    runner_up: str | None
    counterfactuals: list[Counterfactual]
    decisions: list[Decision]
    together: str | None
    rival: PairExplanation | None


class Path(Thing):
    """A sequence of different nodes. `links` holds every visible parallel link, hop by hop; `length` counts hops."""

    __slots__ = ()
    length: int
    nodes: list[Entity]
    links: list[Link]
    weakest: Grade | None
    independent_sources: int


class PathResult(Thing):
    """Paths, by default in the order of length, weakest grade, ids: all of the least length come before any
    longer one.
    """

    __slots__ = ()
    paths: list[Path]
    truncated: Truncation | None
    bridges: list[Entity]
    bridge_links: list[Link]
    complete: bool


class PatternOfLife(Thing):
    """When, where, with whom and by what a subject appears in events, and what changed."""

    __slots__ = ()
    subject: Entity
    since: datetime
    until: datetime
    events: int
    events_before: int
    by_hour: list[list[int]]
    untimed: int
    undated: int
    places: list[Usual]
    contacts: list[Usual]
    vehicles: list[Usual]
    phones: list[Usual]
    changes: list[HabitChange]
    truncated: Truncation | None


class Point(Thing):
    """A value of a series."""

    __slots__ = ()
    at: datetime
    value: float


class Property(Thing):
    """A property by its name in this schema, and its value as text."""

    __slots__ = ()
    name: str
    value: str


class QualityCheck(Thing):
    """One rule over a source's records of one kind: how many it was asked of, which fail."""

    __slots__ = ()
    dimension: QualityDimension
    rule: str
    kind: Kind
    missing: str | None
    of: int
    failing: int
    share: float
    days: float | None
    failing_ids: list[str]
    truncated: bool


class Query(Thing):
    """The questions."""

    __slots__ = ()
    node: Node | None
    nodes: list[Node | None]
    entity: Entity | None
    entities: EntityConnection
    search: SearchConnection
    identify: list[IdentityCandidate]
    stop_check: StopCheck
    subject_profile: SubjectProfile | None
    subject_profiles: list[SubjectProfile | None]
    expand: Network
    paths: PathResult
    connect: Network
    export_network: NetworkExport
    brief: Brief
    workspaces: list[Workspace]
    workspace: Workspace | None
    timeline: LinkConnection
    event_context: EventContext
    co_offenders: list[CoOffender]
    shared_links: list[SharedLink]
    usage: LinkConnection
    call_analysis: CallAnalysis
    common_contacts: list[CommonContact]
    why_resolved: ResolutionExplanation
    why_not: PairExplanation
    merge_preview: MergePreview
    split_preview: SplitPreview
    review_queue: ReviewConnection
    key_players: list[KeyPlayer]
    communities: list[Community]
    link_suggestions: list[LinkSuggestion]
    vulnerable_in_network: list[AtRisk]
    emerging_networks: list[EmergingNetwork]
    indicators: list[Indicator]
    repeats: RepeatConnection
    watches: list[Watch]
    alerts: AlertConnection
    jobs: list[Job]
    job: Job | None
    pattern_of_life: PatternOfLife
    changes_since: ChangeConnection
    metrics: Metrics
    hotspots: list[Hotspot]
    demand_forecast: DemandForecast
    access_history: AccessConnection
    misuse_indicators: list[MisuseIndicator]
    deconfliction: list[Interest]
    emergency_access: list[EmergencyAccess]
    sources: list[SourceStatus]


class RecordConnection(Connection["Record"]):
    """RecordConnection."""

    __slots__ = ()
    edges: list[RecordEdge]
    page_info: PageInfo
    total_count: int
    total_count_capped: bool


class RecordEdge(Thing):
    """RecordEdge."""

    __slots__ = ()
    cursor: str
    node: Record


class RelevantActivity(Thing):
    """An activity that bears on an event, and why."""

    __slots__ = ()
    entity: Entity
    score: float
    reasons: list[ScorePart]
    path: Path | None


class Repeat(Thing):
    """One that appears in several events of a span."""

    __slots__ = ()
    entity: Entity
    count: int
    first: datetime
    last: datetime
    kinds: list[KindCount]
    gaps: RepeatGaps | None
    links: list[Link]
    truncated: Truncation | None


class RepeatConnection(Connection["Repeat"]):
    """RepeatConnection."""

    __slots__ = ()
    edges: list[RepeatEdge]
    page_info: PageInfo
    total_count: int
    total_count_capped: bool


class RepeatEdge(Thing):
    """RepeatEdge."""

    __slots__ = ()
    cursor: str
    node: Repeat


class RepeatGaps(Thing):
    """Days from each event to the next; a date known to the month or year counts as its first instant."""

    __slots__ = ()
    shortest: float
    median: float
    longest: float
    last: float


class Resident(Thing):
    """Somebody who lives where an event is, and the markers that stand of them."""

    __slots__ = ()
    entity: Entity
    roles: list[str]
    markers: list[Entity]
    sentence: str


class ResolutionExplanation(Thing):
    """Why these records are one entity."""

    __slots__ = ()
    entity: Entity | None
    records: list[Record]
    decisions: list[Decision]
    sentence: str
    nearest_miss: PairExplanation | None
    path: list[MergeStep]


class ReviewConnection(Connection["ReviewItem"]):
    """ReviewConnection."""

    __slots__ = ()
    edges: list[ReviewEdge]
    page_info: PageInfo
    total_count: int
    total_count_capped: bool


class ReviewEdge(Thing):
    """ReviewEdge."""

    __slots__ = ()
    cursor: str
    node: ReviewItem


class ReviewItem(Thing):
    """A pair that may be one, and what it is worth to know."""

    __slots__ = ()
    pair: PairExplanation
    priority: float


class ScorePart(Thing):
    """A named part of a score and what it says in words. The score of a relevance is their weighted mean;
    elsewhere a part of weight 0 is told beside what the score rests on.
    """

    __slots__ = ()
    name: str
    value: float
    weight: float
    sentence: str


class SearchConnection(Connection["SearchHit"]):
    """SearchConnection."""

    __slots__ = ()
    edges: list[SearchEdge]
    page_info: PageInfo
    facets: list[Facet]


class SearchEdge(Thing):
    """SearchEdge."""

    __slots__ = ()
    cursor: str
    node: SearchHit


class SearchHit(Thing):
    """A thing that was found; `matched` are the properties it was found by."""

    __slots__ = ()
    entity: Entity
    score: float
    matched: list[Property]


class SharedLink(Thing):
    """A thing that several hold, and the links that say so."""

    __slots__ = ()
    through: Entity
    holders: list[Link]
    overlap_days: int | None


class Source(Thing):
    """Where data comes from; a higher priority wins where values disagree."""

    __slots__ = ()
    id: str
    name: str
    owner: str | None
    priority: int


class SourceStatus(Thing):
    """What loads say of a source."""

    __slots__ = ()
    source: Source
    records: int
    links: int
    rejected: int
    last_loaded_at: datetime | None
    quality: list[Completeness]
    checks: list[QualityCheck]
    newest_as_of: datetime | None


class SplitEntity(Thing):
    """An entity as it would be."""

    __slots__ = ()
    label: str
    records: list[Record]


class SplitPreview(Thing):
    """What saying that two records are not one, or taking back a word on them, would do."""

    __slots__ = ()
    token: str
    before: list[Entity]
    after: list[SplitEntity]
    apart: bool
    marking: str


class StopCheck(Thing):
    """The roadside answer: small enough for a phone."""

    __slots__ = ()
    candidates: list[IdentityCandidate]
    subject: Entity | None
    vehicle: Entity | None
    vehicle_candidates: list[IdentityCandidate]
    keepers: list[Link]
    warnings: list[Warning]
    flags: list[Warning]
    recent_events: list[Link]
    as_of: datetime
    disputes: list[Dispute]


class SubjectProfile(Thing):
    """All there is to know of a subject at a glance, over its whole visible group."""

    __slots__ = ()
    subject: Entity
    as_of: datetime
    identifiers: list[Link]
    addresses: list[Link]
    vehicles: list[Link]
    associates: AssociateConnection
    events: LinkConnection
    warnings: list[Warning]
    flags: list[Warning]
    completeness: Completeness
    sources: list[Source]
    disputes: list[Dispute]


class Tile(Thing):
    """A figure of the window."""

    __slots__ = ()
    name: str
    unit: str
    value: float
    change: float | None
    series: list[Point]
    groups: list[Group]


class Truncation(Thing):
    """What was left out and why; `suppressed` counts what the viewer may see."""

    __slots__ = ()
    reason: str
    suppressed: int
    entity: Entity | None


class Usual(Thing):
    """Who or what came in the events of a window."""

    __slots__ = ()
    entity: Entity
    events: int
    share: float
    first: datetime
    last: datetime


class Warning(Thing):
    """A warning, or a flag like wanted, bail, missing."""

    __slots__ = ()
    code: str
    text: str
    record: Record | None
    since: date | None


class Watch(Thing):
    """A standing question of one person."""

    __slots__ = ()
    id: str
    name: str
    subjects: list[Entity]
    area: Entity | None
    patterns: list[WatchPattern]
    metres: int
    minutes: int
    max_hops: int
    since: datetime
    until: datetime
    marking: str | None
    webhook: str | None
    webhook_until: datetime | None


class Workspace(Thing):
    """A network as somebody left it, its owner's alone. It is shown to them while they hold the marking; what
    it names as far as they may see it now.
    """

    __slots__ = ()
    id: str
    name: str
    note: str | None
    version: int
    begun: datetime
    saved: datetime
    marking: str | None
    filters: WorkspaceFilters
    things: list[WorkspaceThing]
    network: Network


class WorkspaceFilters(Thing):
    """What of a drawing is shown."""

    __slots__ = ()
    hidden_kinds: list[Kind]
    hidden_types: list[LinkType]
    weakest: str
    until: date | None
    crowded: int | None


class WorkspaceThing(Thing):
    """A thing in a drawing: where it stands, in the drawing's own units, and what was done."""

    __slots__ = ()
    entity: Entity
    x: float
    y: float
    expanded: bool
    pinned: bool
    away: bool
    note: str | None


class Entity(Node):
    """A thing: a person, object, location or event."""

    __slots__ = ()
    kind: Kind
    label: str
    markings: list[str]
    moved_from: str | None
    same_identity: list[Entity]
    degree: int
    golden: list[GoldenValue]
    records: RecordConnection
    links: LinkConnection


class Decision(Node):
    """A word on two records, with who said it, when and why."""

    __slots__ = ()
    a: Record
    b: Record
    verdict: Verdict
    basis: str
    weight: float | None
    evidence: list[Evidence]
    model: str | None
    by: str
    at: datetime
    reason: str | None
    marking: str
    retracted_at: datetime | None
    retracted_by: str | None
    retracted_reason: str | None


class Link(Node):
    """One statement of one source about two things."""

    __slots__ = ()
    type: LinkType
    from_: Entity
    to: Entity
    role: str | None
    status: str | None
    source: Source
    marking: str
    grade: Grade | None
    valid_from: datetime | None
    valid_to: datetime | None
    valid_precision: Precision | None
    recorded_at: datetime
    records: list[Record]


class Record(Node):
    """What one source said about one thing, as received and as normalised."""

    __slots__ = ()
    source: Source
    key: str
    version: int
    kind: Kind
    marking: str
    grade: Grade | None
    recorded_at: datetime
    superseded_at: datetime | None
    properties: list[Property]
    entity: Entity | None
    disputes: list[Dispute]


class Event(Entity):
    """Something that happened."""

    __slots__ = ()
    occurred_from: datetime | None
    occurred_to: datetime | None
    occurred_precision: Precision | None
    reported_at: datetime | None
    type: str | None
    subtype: str | None
    outcome: str | None
    status: str | None
    severity: float | None
    summary: str | None
    reference: str | None
    location: GeoPoint | None


class Account(Entity):
    """A bank, social media or other account."""

    __slots__ = ()
    value: str | None
    type: str | None
    issuer: str | None
    note: str | None


class Address(Entity):
    """A postal address, known by its UPRN or by its parts."""

    __slots__ = ()
    text: str | None
    saon: str | None
    paon: str | None
    street: str | None
    locality: str | None
    town: str | None
    postcode: str | None
    uprn: str | None
    location: GeoPoint | None
    note: str | None


class Area(Entity):
    """A beat, ward, policing unit, output area."""

    __slots__ = ()
    code: str | None
    name: str | None
    type: str | None
    boundary: str | None
    note: str | None


class Document(Entity):
    """An identity document."""

    __slots__ = ()
    value: str | None
    type: str | None
    issuer: str | None
    note: str | None


class Email(Entity):
    """An e-mail address."""

    __slots__ = ()
    value: str | None
    note: str | None


class Item(Entity):
    """Property: stolen, found, seized, used."""

    __slots__ = ()
    type: str | None
    description: str | None
    reference: str | None
    serial_number: str | None
    value_gbp: int | None
    note: str | None


class Marker(Entity):
    """Wanted, bail, missing or a warning about somebody or something, from a date to a date."""

    __slots__ = ()
    type: str | None
    text: str | None
    valid_from: datetime | None
    valid_to: datetime | None
    authority: str | None
    note: str | None


class Officer(Entity):
    """A police officer or member of staff in that role."""

    __slots__ = ()
    collar_number: str | None
    rank: str | None
    given_name: str | None
    surname: str | None
    unit: str | None
    note: str | None


class Organisation(Entity):
    """A business, agency, club or gang; never a person."""

    __slots__ = ()
    name: str | None
    type: str | None
    company_number: str | None
    aliases: list[str]
    postcodes: list[str]
    addresses_given: list[str]
    phones_given: list[str]
    note: str | None


class Person(Entity):
    """A human being. Several records of one person meet in one entity."""

    __slots__ = ()
    title: str | None
    given_name: str | None
    middle_name: str | None
    surname: str | None
    maiden_name: str | None
    aliases: list[str]
    date_of_birth: date | None
    year_of_birth: int | None
    age: int | None
    date_of_death: date | None
    gender: str | None
    place_of_birth: str | None
    nationality: list[str]
    ethnicity_self: str | None
    ethnicity_observed: str | None
    height_cm: int | None
    build: str | None
    description: str | None
    occupation: str | None
    pnc_id: list[str]
    cro_number: list[str]
    ni_number: list[str]
    driver_number: list[str]
    passport_number: list[str]
    nhs_number: list[str]
    postcodes: list[str]
    addresses_given: list[str]
    phones_given: list[str]
    emails_given: list[str]
    vrms_given: list[str]
    warnings: list[str]
    retention_group: int | None
    review_on: date | None
    note: str | None


class Phone(Entity):
    """A phone number; shared use is a hop through it."""

    __slots__ = ()
    value: str | None
    note: str | None


class Place(Entity):
    """A place that is no postal address: a park, a junction, a map point."""

    __slots__ = ()
    name: str | None
    type: str | None
    location: GeoPoint | None
    description: str | None
    note: str | None


class Postcode(Entity):
    """A postcode unit."""

    __slots__ = ()
    value: str | None
    note: str | None


class Vehicle(Entity):
    """A vehicle, known by its registration mark or its VIN."""

    __slots__ = ()
    vrm: str | None
    vin: str | None
    make: str | None
    model: str | None
    colour: str | None
    year: int | None
    type: str | None
    note: str | None


class Arrest(Event):
    """An arrest."""

    __slots__ = ()
    custody_number: str | None
    offence: str | None
    released_at: datetime | None
    disposal: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class Call(Event):
    """A communication between two phones; a 999 call is an Incident."""

    __slots__ = ()
    duration_s: int | None
    channel: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class Crime(Event):
    """A recorded crime."""

    __slots__ = ()
    classification: str | None
    offence_code: str | None
    charge: str | None
    modus_operandi: str | None
    hate_crime: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class Custody(Event):
    """A stay in custody."""

    __slots__ = ()
    custody_number: str | None
    offence: str | None
    released_at: datetime | None
    disposal: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class Incident(Event):
    """A call for service: a 999 or 101 call and what came of it."""

    __slots__ = ()
    priority: str | None
    opened_at: datetime | None
    assigned_at: datetime | None
    arrived_at: datetime | None
    closed_at: datetime | None
    opening_code: str | None
    closing_code: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class IntelReport(Event):
    """An intelligence report; its grade is the grade of its statements."""

    __slots__ = ()
    urn: str | None
    text: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class PublicEvent(Event):
    """A match, march or concert that is policed."""

    __slots__ = ()
    venue: str | None
    attendance: int | None
    expected_attendance: int | None
    officers_deployed: int | None
    incidents: int | None
    arrests: int | None
    home: str | None
    away: str | None
    competition: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class Safeguarding(Event):
    """A safeguarding referral."""

    __slots__ = ()
    category: str | None
    risk_score: int | None
    agency: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class Sighting(Event):
    """A vehicle or person seen, by a camera or an officer."""

    __slots__ = ()
    camera: str | None
    direction: str | None
    confidence: float | None
    retention_group: int | None
    review_on: date | None
    note: str | None


class StopSearch(Event):
    """A stop and search."""

    __slots__ = ()
    legislation: str | None
    object_of_search: str | None
    found: str | None
    retention_group: int | None
    review_on: date | None
    note: str | None
