"""The questions of the schema as methods.

Written from api/schema.graphql by `make docs`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from client.answer import Reader, Rows, maybe, one, rows, rows_or_none
from client.made.answer import (
    AccessConnection,
    AcknowledgePayload,
    Alarm,
    AlertConnection,
    AtRisk,
    Brief,
    CallAnalysis,
    ChangeConnection,
    CommonContact,
    Community,
    CoOffender,
    DecidePayload,
    DemandForecast,
    Dispute,
    EmergencyAccess,
    EmergingNetwork,
    Entity,
    EntityConnection,
    EventContext,
    Hotspot,
    IdentityCandidate,
    Indicator,
    Interest,
    Job,
    KeyPlayer,
    LinkConnection,
    LinkSuggestion,
    MergePreview,
    Metrics,
    MisuseIndicator,
    Network,
    NetworkExport,
    Node,
    PairExplanation,
    PathResult,
    PatternOfLife,
    RepeatConnection,
    ResolutionExplanation,
    ReviewConnection,
    SearchConnection,
    SharedLink,
    SourceStatus,
    SplitPreview,
    StopCheck,
    SubjectProfile,
    Watch,
    Workspace,
)
from client.made.choice import (
    DataRight,
    HotspotTrend,
    KeyPlayerMethod,
    Kind,
    LinkType,
    NetworkFormat,
    PathOrder,
    Pattern,
    RepeatKind,
    Verdict,
    WatchPattern,
)
from client.made.given import (
    EntityOrder,
    EntityWhere,
    GradeInput,
    ListWhere,
    NetworkScope,
    PartialIdentity,
    WorkspaceInput,
)

T = TypeVar("T")


class Questions(ABC):
    """Every question as a method: required arguments by place, others by name; what is None is the schema's default.

    `select` is another selection than that of the question's document in `client/documents`, in GraphQL, without the
    outer braces: `edges { node { id } } pageInfo { endCursor hasNextPage }`. Select `__typename` where a thing may be
    of several kinds.
    """

    @abstractmethod
    def _question(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> T:
        """The answer to a question."""

    @abstractmethod
    def _change(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> T:
        """The answer to a change."""

    @abstractmethod
    def _watch(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> Iterator[T]:
        """The answers of a stream."""

    def node(self, id: str, *, select: str | None = None) -> Node | None:
        """The entity, record, link or decision of an id."""
        return self._question("node", {"id": id}, select, maybe(Node))

    def nodes(self, ids: Sequence[str], *, select: str | None = None) -> Rows[Node | None]:
        """The same for up to 100 ids, in their order."""
        return self._question("nodes", {"ids": ids}, select, rows_or_none(Node))

    def entity(self, id: str, *, known_at: datetime | None = None, select: str | None = None) -> Entity | None:
        """Old ids answer with the entity that holds their record now."""
        return self._question("entity", {"id": id, "knownAt": known_at}, select, maybe(Entity))

    def entities(
        self,
        kind: Kind,
        *,
        where: EntityWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> EntityConnection:
        """Everything of a kind, filtered and ordered."""
        return self._question(
            "entities",
            {"kind": kind, "where": where, "orderBy": order_by, "first": first, "after": after},
            select,
            one(EntityConnection),
        )

    def search(
        self,
        text: str,
        *,
        kinds: Sequence[Kind] | None = None,
        fuzzy: bool | None = None,
        where: ListWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> SearchConnection:
        """Names, aliases, addresses, identifiers, references; tolerant of typos, order, missing parts."""
        return self._question(
            "search",
            {
                "text": text,
                "kinds": kinds,
                "fuzzy": fuzzy,
                "where": where,
                "orderBy": order_by,
                "first": first,
                "after": after,
            },
            select,
            one(SearchConnection),
        )

    def identify(
        self, partial: PartialIdentity, *, first: int | None = None, select: str | None = None
    ) -> Rows[IdentityCandidate]:
        """Who is this? Scored candidates with the evidence for each."""
        return self._question("identify", {"partial": partial, "first": first}, select, rows(IdentityCandidate))

    def stop_check(
        self,
        *,
        vrm: str | None = None,
        person: PartialIdentity | None = None,
        phone: str | None = None,
        select: str | None = None,
    ) -> StopCheck:
        """The roadside answer: small enough for a phone (under 20 kB)."""
        return self._question("stopCheck", {"vrm": vrm, "person": person, "phone": phone}, select, one(StopCheck))

    def subject_profile(
        self, id: str, *, valid_at: date | None = None, known_at: datetime | None = None, select: str | None = None
    ) -> SubjectProfile | None:
        """All there is to know of a subject at a glance."""
        return self._question(
            "subjectProfile", {"id": id, "validAt": valid_at, "knownAt": known_at}, select, maybe(SubjectProfile)
        )

    def subject_profiles(self, ids: Sequence[str], *, select: str | None = None) -> Rows[SubjectProfile | None]:
        """The same for up to 100 ids, in their order."""
        return self._question("subjectProfiles", {"ids": ids}, select, rows_or_none(SubjectProfile))

    def expand(
        self,
        ids: Sequence[str],
        *,
        hops: int | None = None,
        types: Sequence[LinkType] | None = None,
        kinds: Sequence[Kind] | None = None,
        since: date | None = None,
        until: date | None = None,
        min_grade: GradeInput | None = None,
        valid_at: date | None = None,
        known_at: datetime | None = None,
        limit: int | None = None,
        select: str | None = None,
    ) -> Network:
        """`limit` counts nodes without the start, at most 2,000, nearest first, then by id; `kinds` limits what
        is walked through too.
        """
        return self._question(
            "expand",
            {
                "ids": ids,
                "hops": hops,
                "types": types,
                "kinds": kinds,
                "since": since,
                "until": until,
                "minGrade": min_grade,
                "validAt": valid_at,
                "knownAt": known_at,
                "limit": limit,
            },
            select,
            one(Network),
        )

    def paths(
        self,
        from_: str,
        to: str,
        *,
        max_hops: int | None = None,
        first: int | None = None,
        types: Sequence[LinkType] | None = None,
        exclude_ids: Sequence[str] | None = None,
        exclude_kinds: Sequence[Kind] | None = None,
        since: date | None = None,
        until: date | None = None,
        min_grade: GradeInput | None = None,
        valid_at: date | None = None,
        known_at: datetime | None = None,
        order_by: PathOrder | None = None,
        pass_crowded: bool | None = None,
        select: str | None = None,
    ) -> PathResult:
        """How two things are joined: by length, then weakest grade, then ids; or the strongest first. With
        `passCrowded` what very many share is passed through too, as far as the budget of a search goes.
        """
        return self._question(
            "paths",
            {
                "from": from_,
                "to": to,
                "maxHops": max_hops,
                "first": first,
                "types": types,
                "excludeIds": exclude_ids,
                "excludeKinds": exclude_kinds,
                "since": since,
                "until": until,
                "minGrade": min_grade,
                "validAt": valid_at,
                "knownAt": known_at,
                "orderBy": order_by,
                "passCrowded": pass_crowded,
            },
            select,
            one(PathResult),
        )

    def connect(
        self,
        ids: Sequence[str],
        *,
        max_hops: int | None = None,
        types: Sequence[LinkType] | None = None,
        min_grade: GradeInput | None = None,
        select: str | None = None,
    ) -> Network:
        """The smallest network found that joins all of these; each is at most `maxHops` from the next. What
        nothing joins stands alone, and `truncated` says so.
        """
        return self._question(
            "connect", {"ids": ids, "maxHops": max_hops, "types": types, "minGrade": min_grade}, select, one(Network)
        )

    def export_network(
        self,
        ids: Sequence[str],
        *,
        hops: int | None = None,
        types: Sequence[LinkType] | None = None,
        kinds: Sequence[Kind] | None = None,
        since: date | None = None,
        until: date | None = None,
        min_grade: GradeInput | None = None,
        valid_at: date | None = None,
        known_at: datetime | None = None,
        limit: int | None = None,
        format: NetworkFormat | None = None,
        select: str | None = None,
    ) -> NetworkExport:
        """The network that `expand` gives, as text to take away; on record as a disclosure of all in it."""
        return self._question(
            "exportNetwork",
            {
                "ids": ids,
                "hops": hops,
                "types": types,
                "kinds": kinds,
                "since": since,
                "until": until,
                "minGrade": min_grade,
                "validAt": valid_at,
                "knownAt": known_at,
                "limit": limit,
                "format": format,
            },
            select,
            one(NetworkExport),
        )

    def brief(
        self,
        ids: Sequence[str],
        *,
        types: Sequence[LinkType] | None = None,
        since: date | None = None,
        until: date | None = None,
        min_grade: GradeInput | None = None,
        select: str | None = None,
    ) -> Brief:
        """These things, at most 2,000, and the links among them that pass, to be taken away as a page or a
        picture; on record as a disclosure of all in it.
        """
        return self._question(
            "brief",
            {"ids": ids, "types": types, "since": since, "until": until, "minGrade": min_grade},
            select,
            one(Brief),
        )

    def workspaces(self, *, select: str | None = None) -> Rows[Workspace]:
        """The viewer's own workspaces, the last saved first; at most 100."""
        return self._question("workspaces", {}, select, rows(Workspace))

    def workspace(self, id: str, *, select: str | None = None) -> Workspace | None:
        """A workspace of the viewer's own; null where it named what they may not see."""
        return self._question("workspace", {"id": id}, select, maybe(Workspace))

    def timeline(
        self,
        ids: Sequence[str],
        *,
        from_: datetime | None = None,
        to: datetime | None = None,
        kinds: Sequence[Kind] | None = None,
        known_at: datetime | None = None,
        where: ListWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> LinkConnection:
        """INVOLVED_IN of these, oldest first, undated last, then by id; events reached only through their
        phones or vehicles are not included.
        """
        return self._question(
            "timeline",
            {
                "ids": ids,
                "from": from_,
                "to": to,
                "kinds": kinds,
                "knownAt": known_at,
                "where": where,
                "orderBy": order_by,
                "first": first,
                "after": after,
            },
            select,
            one(LinkConnection),
        )

    def event_context(
        self,
        id: str,
        *,
        window_days: int | None = None,
        radius_metres: int | None = None,
        first: int | None = None,
        select: str | None = None,
    ) -> EventContext:
        """What bears on an event, or on an address or place as of now: the events joined to it by up to 4 hops,
        or near it, within a window of days; most relevant first, then by id.
        """
        return self._question(
            "eventContext",
            {"id": id, "windowDays": window_days, "radiusMetres": radius_metres, "first": first},
            select,
            one(EventContext),
        )

    def co_offenders(
        self,
        id: str,
        *,
        since: date | None = None,
        roles: Sequence[str] | None = None,
        first: int | None = None,
        select: str | None = None,
    ) -> Rows[CoOffender]:
        """Roles, on both sides, by default: SUSPECT, OFFENDER, ARRESTED, DETAINED, INVOLVED_PARTY."""
        return self._question(
            "coOffenders", {"id": id, "since": since, "roles": roles, "first": first}, select, rows(CoOffender)
        )

    def shared_links(
        self, ids: Sequence[str], *, kinds: Sequence[Kind] | None = None, select: str | None = None
    ) -> Rows[SharedLink]:
        """What at least two of these hold; for a single id, what it shares with anybody."""
        return self._question("sharedLinks", {"ids": ids, "kinds": kinds}, select, rows(SharedLink))

    def usage(
        self,
        id: str,
        *,
        at: datetime | None = None,
        where: ListWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> LinkConnection:
        """Who used, held, kept, drove or lived at a thing, newest first, undated last, then by id; `at`: who
        had it then, as far as dates say.
        """
        return self._question(
            "usage",
            {"id": id, "at": at, "where": where, "orderBy": order_by, "first": first, "after": after},
            select,
            one(LinkConnection),
        )

    def call_analysis(
        self,
        id: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        zone: str | None = None,
        first: int | None = None,
        select: str | None = None,
    ) -> CallAnalysis:
        """With whom a phone, or all phones of a person or organisation, were in calls, how often, and when in
        the week.
        """
        return self._question(
            "callAnalysis",
            {"id": id, "since": since, "until": until, "zone": zone, "first": first},
            select,
            one(CallAnalysis),
        )

    def common_contacts(
        self,
        ids: Sequence[str],
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        first: int | None = None,
        select: str | None = None,
    ) -> Rows[CommonContact]:
        """The phones that were in calls with at least two of these, with most of them first."""
        return self._question(
            "commonContacts", {"ids": ids, "since": since, "until": until, "first": first}, select, rows(CommonContact)
        )

    def why_resolved(self, id: str, *, select: str | None = None) -> ResolutionExplanation:
        """Why the records of this entity are one."""
        return self._question("whyResolved", {"id": id}, select, one(ResolutionExplanation))

    def why_not(self, a: str, b: str, *, select: str | None = None) -> PairExplanation:
        """Why two records are one or are not."""
        return self._question("whyNot", {"a": a, "b": b}, select, one(PairExplanation))

    def merge_preview(self, a: str, b: str, *, select: str | None = None) -> MergePreview:
        """What saying that these two are one would do, and the token for saying it."""
        return self._question("mergePreview", {"a": a, "b": b}, select, one(MergePreview))

    def split_preview(
        self, a: str, b: str, *, taking_back: str | None = None, select: str | None = None
    ) -> SplitPreview:
        """What saying that these two are not one would do; with the id of a word on them in `takingBack`, what
        taking it back would do.
        """
        return self._question("splitPreview", {"a": a, "b": b, "takingBack": taking_back}, select, one(SplitPreview))

    def review_queue(
        self,
        *,
        where: ListWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> ReviewConnection:
        """Pairs that may be one and are not decided, those first whose answer is worth most, then by ids."""
        return self._question(
            "reviewQueue",
            {"where": where, "orderBy": order_by, "first": first, "after": after},
            select,
            one(ReviewConnection),
        )

    def key_players(
        self,
        scope: NetworkScope,
        *,
        method: KeyPlayerMethod | None = None,
        first: int | None = None,
        select: str | None = None,
    ) -> Rows[KeyPlayer]:
        """Who holds a network together, best first, then by id. FRAGMENTATION and REACH pick a set: each has
        the score that it adds to those before it.
        """
        return self._question("keyPlayers", {"scope": scope, "method": method, "first": first}, select, rows(KeyPlayer))

    def communities(
        self, scope: NetworkScope, *, first: int | None = None, select: str | None = None
    ) -> Rows[Community]:
        """The groups that a network falls into, largest first; who is tied to nobody is in none."""
        return self._question("communities", {"scope": scope, "first": first}, select, rows(Community))

    def link_suggestions(
        self, id: str, *, first: int | None = None, as_of: datetime | None = None, select: str | None = None
    ) -> Rows[LinkSuggestion]:
        """Who is probably linked to a person or organisation though nobody stated it, by what both have in
        common. Hypotheses with their reasons, never stored as facts. `asOf`: by what had happened by then.
        """
        return self._question(
            "linkSuggestions", {"id": id, "first": first, "asOf": as_of}, select, rows(LinkSuggestion)
        )

    def vulnerable_in_network(
        self,
        id: str,
        *,
        hops: int | None = None,
        first: int | None = None,
        as_of: datetime | None = None,
        select: str | None = None,
    ) -> Rows[AtRisk]:
        """Everybody marked as vulnerable so many ties (1 to 4) from a person or organisation: by shared homes,
        phones, vehicles and events, and by association. Who lives with an offender first, then the nearest.
        `asOf`: by what had happened by then, and the markers that held.
        """
        return self._question(
            "vulnerableInNetwork", {"id": id, "hops": hops, "first": first, "asOf": as_of}, select, rows(AtRisk)
        )

    def emerging_networks(
        self,
        *,
        area: str | None = None,
        window_days: int | None = None,
        first: int | None = None,
        as_of: datetime | None = None,
        select: str | None = None,
    ) -> Rows[EmergingNetwork]:
        """The groups that came, grew, joined or parted in the `windowDays` before `asOf` or now, beside as many
        days before it: of who had a part in events together on one side, in an area or anywhere. Most new
        members first.
        """
        return self._question(
            "emergingNetworks",
            {"area": area, "windowDays": window_days, "first": first, "asOf": as_of},
            select,
            rows(EmergingNetwork),
        )

    def indicators(
        self,
        pattern: Pattern,
        *,
        area: str | None = None,
        window_days: int | None = None,
        first: int | None = None,
        as_of: datetime | None = None,
        select: str | None = None,
    ) -> Rows[Indicator]:
        """Where a pattern of harm shows in the last `windowDays` before `asOf` or now, each sign with its
        evidence; most signs first, then by id.
        """
        return self._question(
            "indicators",
            {"pattern": pattern, "area": area, "windowDays": window_days, "first": first, "asOf": as_of},
            select,
            rows(Indicator),
        )

    def repeats(
        self,
        kind: RepeatKind,
        *,
        area: str | None = None,
        from_: datetime | None = None,
        to: datetime | None = None,
        window_days: int | None = None,
        kinds: Sequence[Kind] | None = None,
        roles: Sequence[str] | None = None,
        min: int | None = None,
        where: ListWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> RepeatConnection:
        """Who or what appears in at least `min` different events from `from` to `to`, or of the last
        `windowDays` before `to` or now; in an area or anywhere. Most events first, then by id. Undated events
        are in no span. `kinds`: of events, by default all but CALL and SIGHTING. `roles` of VICTIM and CALLER:
        VICTIM, WITNESS, REPORTING, CALLER, CHILD and CARER alone; nobody is ranked by what they are accused of.
        """
        return self._question(
            "repeats",
            {
                "kind": kind,
                "area": area,
                "from": from_,
                "to": to,
                "windowDays": window_days,
                "kinds": kinds,
                "roles": roles,
                "min": min,
                "where": where,
                "orderBy": order_by,
                "first": first,
                "after": after,
            },
            select,
            one(RepeatConnection),
        )

    def watches(self, *, select: str | None = None) -> Rows[Watch]:
        """The viewer's own watches, ended ones too, by id; none that names what is hidden."""
        return self._question("watches", {}, select, rows(Watch))

    def alerts(
        self,
        *,
        watch: str | None = None,
        acknowledged: bool | None = None,
        where: ListWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> AlertConnection:
        """The facts that fired the viewer's watches, or one of them, the oldest first: decided when it is
        asked, with the rights that the viewer has now. `acknowledged`: only those that were, or were not. What
        came in the running second, or while a load goes on, is told later.
        """
        return self._question(
            "alerts",
            {
                "watch": watch,
                "acknowledged": acknowledged,
                "where": where,
                "orderBy": order_by,
                "first": first,
                "after": after,
            },
            select,
            one(AlertConnection),
        )

    def jobs(self, *, select: str | None = None) -> Rows[Job]:
        """The viewer's own jobs, the last begun first."""
        return self._question("jobs", {}, select, rows(Job))

    def job(self, id: str, *, select: str | None = None) -> Job | None:
        """A job of the viewer's own: how far it is, and its answer."""
        return self._question("job", {"id": id}, select, maybe(Job))

    def pattern_of_life(
        self,
        id: str,
        *,
        from_: datetime | None = None,
        to: datetime | None = None,
        window_days: int | None = None,
        zone: str | None = None,
        kinds: Sequence[Kind] | None = None,
        through: Sequence[Kind] | None = None,
        first: int | None = None,
        select: str | None = None,
    ) -> PatternOfLife:
        """When, where, with whom and by what a person, organisation, vehicle or phone appears in the events
        from `from` to `to`, or of the last `windowDays` before `to` or now; and what changed against as long
        before. `through`: the kinds of its things whose events count as its own, by default PHONE (used) and
        VEHICLE (kept or driven). `first` bounds each list, at most 100.
        """
        return self._question(
            "patternOfLife",
            {
                "id": id,
                "from": from_,
                "to": to,
                "windowDays": window_days,
                "zone": zone,
                "kinds": kinds,
                "through": through,
                "first": first,
            },
            select,
            one(PatternOfLife),
        )

    def changes_since(
        self,
        *,
        ids: Sequence[str] | None = None,
        area: str | None = None,
        since: datetime | None = None,
        where: ListWhere | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> ChangeConnection:
        """What came of up to 100 subjects, or of the places of an area, after `since` or after a cursor, the
        oldest first: records, links, words about who is whom, golden values. In the order in which it was
        loaded or decided here, whatever dates it says. What is not kept is not told: what a record said before,
        a thing that no source says any more, merges that no word decided. What came in the running second is
        told in the next.
        """
        return self._question(
            "changesSince",
            {"ids": ids, "area": area, "since": since, "where": where, "first": first, "after": after},
            select,
            one(ChangeConnection),
        )

    def metrics(
        self,
        *,
        area: str | None = None,
        window: str | None = None,
        tiles: Sequence[str] | None = None,
        select: str | None = None,
    ) -> Metrics:
        """The figures of a window that ends now (15m, 1h, 4h, 8h, 24h, 7d or 30d) beside those of the window
        before, everywhere or in an area or postcode. `tiles`: only those of these names, which is quicker.
        """
        return self._question("metrics", {"area": area, "window": window, "tiles": tiles}, select, one(Metrics))

    def hotspots(
        self,
        from_: date,
        to: date,
        *,
        types: Sequence[str] | None = None,
        cell_metres: int | None = None,
        first: int | None = None,
        area: str | None = None,
        trend: HotspotTrend | None = None,
        select: str | None = None,
    ) -> Rows[Hotspot]:
        """The cells of the National Grid where events of the days `from` to `to` (Europe/London, both included)
        are most out of the ordinary. `types`: a kind of event (CRIME), a type or a classification; by default
        all crimes.
        """
        return self._question(
            "hotspots",
            {
                "from": from_,
                "to": to,
                "types": types,
                "cellMetres": cell_metres,
                "first": first,
                "area": area,
                "trend": trend,
            },
            select,
            rows(Hotspot),
        )

    def demand_forecast(
        self,
        *,
        event_id: str | None = None,
        kind: str | None = None,
        venue: str | None = None,
        at: datetime | None = None,
        attendance: int | None = None,
        category: str | None = None,
        hours: int | None = None,
        select: str | None = None,
    ) -> DemandForecast:
        """How many officers a policed event needs: one that is stored (`eventId`), or any of a `kind` such as
        FOOTBALL, at a venue, at a time; what is given goes before what is stored. With neither, an ordinary
        shift of `hours` from `at` (now) on, in the area or place `venue` or everywhere.
        """
        return self._question(
            "demandForecast",
            {
                "eventId": event_id,
                "kind": kind,
                "venue": venue,
                "at": at,
                "attendance": attendance,
                "category": category,
                "hours": hours,
            },
            select,
            one(DemandForecast),
        )

    def access_history(
        self,
        id: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        where: ListWhere | None = None,
        order_by: Sequence[EntityOrder] | None = None,
        first: int | None = None,
        after: str | None = None,
        select: str | None = None,
    ) -> AccessConnection:
        """Who asked for this or its records, or was shown them, newest first; for professional standards. That
        this was asked is on record too.
        """
        return self._question(
            "accessHistory",
            {
                "id": id,
                "since": since,
                "until": until,
                "where": where,
                "orderBy": order_by,
                "first": first,
                "after": after,
            },
            select,
            one(AccessConnection),
        )

    def misuse_indicators(
        self, *, window_days: int | None = None, first: int | None = None, select: str | None = None
    ) -> Rows[MisuseIndicator]:
        """Signs in the looks of the last `windowDays` that somebody looked where they had no business to; for
        professional standards.
        """
        return self._question(
            "misuseIndicators", {"windowDays": window_days, "first": first}, select, rows(MisuseIndicator)
        )

    def deconfliction(
        self, id: str, *, window_days: int | None = None, first: int | None = None, select: str | None = None
    ) -> Rows[Interest]:
        """Who else asked about this in the last `windowDays`, by its id or a check, for whoever holds a record
        of it under an operation; those who asked are told nothing, and answered as ever.
        """
        return self._question(
            "deconfliction", {"id": id, "windowDays": window_days, "first": first}, select, rows(Interest)
        )

    def emergency_access(self, *, first: int | None = None, select: str | None = None) -> Rows[EmergencyAccess]:
        """Who saw for a while what they do not hold, newest first; for supervisors and standards."""
        return self._question("emergencyAccess", {"first": first}, select, rows(EmergencyAccess))

    def sources(self, *, select: str | None = None) -> Rows[SourceStatus]:
        """The sources and how they stand."""
        return self._question("sources", {}, select, rows(SourceStatus))

    def decide(
        self,
        a: str,
        b: str,
        verdict: Verdict,
        reason: str,
        *,
        preview_token: str | None = None,
        marking: str | None = None,
        select: str | None = None,
    ) -> DecidePayload:
        """An analyst's word on two records or entities. SAME needs the preview's token; a stale one is
        CONFLICT, also with DIFFERENT, which takes that of either preview. `marking`: by default the high-water
        of what the preview showed, without one that of the records.
        """
        return self._change(
            "decide",
            {"a": a, "b": b, "verdict": verdict, "reason": reason, "previewToken": preview_token, "marking": marking},
            select,
            one(DecidePayload),
        )

    def retract(
        self, decision: str, reason: str, *, preview_token: str | None = None, select: str | None = None
    ) -> DecidePayload:
        """Take back a word; it stays to be read, and the graph is as it was without it. With the token of
        `splitPreview`: CONFLICT where what that showed is not so any more.
        """
        return self._change(
            "retract",
            {"decision": decision, "reason": reason, "previewToken": preview_token},
            select,
            one(DecidePayload),
        )

    def break_glass(
        self, markings: Sequence[str], reason: str, *, minutes: int | None = None, select: str | None = None
    ) -> EmergencyAccess:
        """See markings that one does not hold, for 5 to 240 `minutes`, in questions alone: where the
        installation allows it for them, with a reason, and supervisors told at once.
        """
        return self._change(
            "breakGlass", {"markings": markings, "reason": reason, "minutes": minutes}, select, one(EmergencyAccess)
        )

    def end_break_glass(self, id: str, *, select: str | None = None) -> EmergencyAccess:
        """End it at once: one's own, or as a supervisor anybody's."""
        return self._change("endBreakGlass", {"id": id}, select, one(EmergencyAccess))

    def dispute(
        self,
        record: str,
        right: DataRight,
        reason: str,
        *,
        statement: str | None = None,
        reference: str | None = None,
        select: str | None = None,
    ) -> Dispute:
        """Note beside a record that whoever it is about disputes it, or had its use restricted, with their
        `statement` where it is not rectified and the `reference` of their request. What it says stays as it is.
        """
        return self._change(
            "dispute",
            {"record": record, "right": right, "reason": reason, "statement": statement, "reference": reference},
            select,
            one(Dispute),
        )

    def close_dispute(self, dispute: str, reason: str, *, select: str | None = None) -> Dispute:
        """Note that this is over; it stays to be read with the record."""
        return self._change("closeDispute", {"dispute": dispute, "reason": reason}, select, one(Dispute))

    def watch(
        self,
        name: str,
        *,
        ids: Sequence[str] | None = None,
        area: str | None = None,
        patterns: Sequence[WatchPattern] | None = None,
        metres: int | None = None,
        minutes: int | None = None,
        max_hops: int | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        select: str | None = None,
    ) -> Watch:
        """Watch up to 100 subjects, or an area, from `since` (now) until `until` (90 days from now, at most
        366): a watch is its owner's alone. One that stands and wants the same is answered instead of another.
        """
        return self._change(
            "watch",
            {
                "name": name,
                "ids": ids,
                "area": area,
                "patterns": patterns,
                "metres": metres,
                "minutes": minutes,
                "maxHops": max_hops,
                "since": since,
                "until": until,
            },
            select,
            one(Watch),
        )

    def unwatch(self, id: str, *, select: str | None = None) -> Watch:
        """Give up a watch, and what was acknowledged of it."""
        return self._change("unwatch", {"id": id}, select, one(Watch))

    def deliver(self, watch: str, *, webhook: str | None = None, select: str | None = None) -> Watch:
        """Have the alerts of a watch of one's own that come from now on delivered to a `webhook` of the
        installation; without one no more. With what one holds now, for a day; with an API key, while that is
        good.
        """
        return self._change("deliver", {"watch": watch, "webhook": webhook}, select, one(Watch))

    def acknowledge(self, alerts: Sequence[str], *, select: str | None = None) -> AcknowledgePayload:
        """Note that up to 500 alerts were seen."""
        return self._change("acknowledge", {"alerts": alerts}, select, one(AcknowledgePayload))

    def save_workspace(self, workspace: WorkspaceInput, *, select: str | None = None) -> Workspace:
        """Keep a network as it lies: at most 100 workspaces of 2,000 things. One that is kept already is
        changed, where its version is still the one given: else CONFLICT.
        """
        return self._change("saveWorkspace", {"workspace": workspace}, select, one(Workspace))

    def delete_workspace(self, id: str, *, select: str | None = None) -> Workspace:
        """Give up a workspace."""
        return self._change("deleteWorkspace", {"id": id}, select, one(Workspace))

    def start_key_players(
        self,
        scope: NetworkScope,
        *,
        method: KeyPlayerMethod | None = None,
        first: int | None = None,
        select: str | None = None,
    ) -> Job:
        """Ask `keyPlayers` as a job, which has 15 minutes: where links are kept, BETWEENNESS of five times as
        many. At most two at once. `job` tells how far it is and has the answer.
        """
        return self._change("startKeyPlayers", {"scope": scope, "method": method, "first": first}, select, one(Job))

    def start_communities(self, scope: NetworkScope, *, first: int | None = None, select: str | None = None) -> Job:
        """Ask `communities` as a job."""
        return self._change("startCommunities", {"scope": scope, "first": first}, select, one(Job))

    def start_emerging_networks(
        self,
        *,
        area: str | None = None,
        window_days: int | None = None,
        first: int | None = None,
        as_of: datetime | None = None,
        select: str | None = None,
    ) -> Job:
        """Ask `emergingNetworks` as a job."""
        return self._change(
            "startEmergingNetworks",
            {"area": area, "windowDays": window_days, "first": first, "asOf": as_of},
            select,
            one(Job),
        )

    def cancel_job(self, id: str, *, select: str | None = None) -> Job:
        """End a job of one's own; one that is over stays as it is."""
        return self._change("cancelJob", {"id": id}, select, one(Job))

    def watch_metrics(
        self,
        *,
        area: str | None = None,
        window: str | None = None,
        tiles: Sequence[str] | None = None,
        select: str | None = None,
    ) -> Iterator[Metrics]:
        """A new value at every change, at most one a second."""
        return self._watch("metrics", {"area": area, "window": window, "tiles": tiles}, select, one(Metrics))

    def watch_alerts(self, *, watch: str | None = None, select: str | None = None) -> Iterator[Alarm]:
        """What the viewer's watches have that is not acknowledged; then what fires, as it comes. After a stream
        has ended the next one begins with what is not acknowledged by then, so that nothing is lost.
        """
        return self._watch("alerts", {"watch": watch}, select, one(Alarm))

    def watch_job(self, id: str, *, select: str | None = None) -> Iterator[Job | None]:
        """A job of one's own whenever it has come further, until it is over. It goes on without a watcher."""
        return self._watch("job", {"id": id}, select, maybe(Job))
