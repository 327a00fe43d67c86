"""The questions that are served."""

from __future__ import annotations

import strawberry

from api.resolve import (
    access,
    alert,
    analysis,
    call,
    change,
    decision,
    demand,
    emergency,
    export,
    hotspot,
    identity,
    job,
    life,
    live,
    network,
    profile,
    question,
    repeat,
    workspace,
)
from api.schema.access import AccessConnection, Interest, MisuseIndicator
from api.schema.alert import AlertConnection, Watch
from api.schema.analysis import AtRisk, Community, EmergingNetwork, Indicator, KeyPlayer, LinkSuggestion
from api.schema.call import CallAnalysis, CommonContact
from api.schema.change import ChangeConnection
from api.schema.decision import MergePreview, ReviewConnection, SplitPreview
from api.schema.demand import DemandForecast
from api.schema.emergency import EmergencyAccess
from api.schema.entity import Entity, EntityConnection, LinkConnection, Node
from api.schema.explanation import IdentityCandidate, PairExplanation, ResolutionExplanation
from api.schema.export import NetworkExport
from api.schema.field import served
from api.schema.hotspot import Hotspot
from api.schema.job import Job
from api.schema.life import PatternOfLife
from api.schema.live import Metrics
from api.schema.network import CoOffender, EventContext, Network, PathResult, SearchConnection, SharedLink
from api.schema.profile import SourceStatus, StopCheck, SubjectProfile
from api.schema.repeat import RepeatConnection
from api.schema.workspace import Brief, Workspace


@strawberry.type(description="The questions.")
class Query:
    """The questions."""

    node: Node | None = served(question.node, description="The entity, record, link or decision of an id.")
    nodes: list[Node | None] = served(question.nodes, description="The same for up to 100 ids, in their order.")
    entity: Entity | None = served(
        question.entity, description="Old ids answer with the entity that holds their record now."
    )
    entities: EntityConnection = served(question.entities, description="Everything of a kind, filtered and ordered.")
    search: SearchConnection = served(
        question.search,
        description="Names, aliases, addresses, identifiers, references; tolerant of typos, order, missing parts.",
    )
    identify: list[IdentityCandidate] = served(
        identity.identify, description="Who is this? Scored candidates with the evidence for each."
    )
    stop_check: StopCheck = served(
        identity.stop_check, description="The roadside answer: small enough for a phone (under 20 kB)."
    )
    subject_profile: SubjectProfile | None = served(
        profile.subject_profile, description="All there is to know of a subject at a glance."
    )
    subject_profiles: list[SubjectProfile | None] = served(
        profile.subject_profiles, description="The same for up to 100 ids, in their order."
    )
    expand: Network = served(
        question.expand,
        description="`limit` counts nodes without the start, at most 2,000, nearest first, then by id; "
        "`kinds` limits what is walked through too.",
    )
    paths: PathResult = served(
        question.paths,
        description="How two things are joined: by length, then weakest grade, then ids; or the strongest first. With "
        "`passCrowded` what very many share is passed through too, as far as the budget of a search goes.",
    )
    connect: Network = served(
        question.connect,
        description="The smallest network found that joins all of these; each is at most `maxHops` from the next. "
        "What nothing joins stands alone, and `truncated` says so.",
    )
    export_network: NetworkExport = served(
        export.export_network,
        description="The network that `expand` gives, as text to take away; on record as a disclosure of all in it.",
    )
    brief: Brief = served(
        workspace.brief,
        description="These things, at most 2,000, and the links among them that pass, to be taken away as a page or a "
        "picture; on record as a disclosure of all in it.",
    )
    workspaces: list[Workspace] = served(
        workspace.workspaces, description="The viewer's own workspaces, the last saved first; at most 100."
    )
    workspace: Workspace | None = served(
        workspace.workspace, description="A workspace of the viewer's own; null where it named what they may not see."
    )
    timeline: LinkConnection = served(
        question.timeline,
        description="INVOLVED_IN of these, oldest first, undated last, then by id; events reached only through their "
        "phones or vehicles are not included.",
    )
    event_context: EventContext = served(
        network.event_context,
        description="What bears on an event, or on an address or place as of now: the events joined to it by up to 4 "
        "hops, or near it, within a window of days; most relevant first, then by id.",
    )
    co_offenders: list[CoOffender] = served(
        question.co_offenders,
        description="Roles, on both sides, by default: SUSPECT, OFFENDER, ARRESTED, DETAINED, INVOLVED_PARTY.",
    )
    shared_links: list[SharedLink] = served(
        question.shared_links,
        description="What at least two of these hold; for a single id, what it shares with anybody.",
    )
    usage: LinkConnection = served(
        question.usage,
        description="Who used, held, kept, drove or lived at a thing, newest first, undated last, then by id; "
        "`at`: who had it then, as far as dates say.",
    )
    call_analysis: CallAnalysis = served(
        call.call_analysis,
        description="With whom a phone, or all phones of a person or organisation, were in calls, how often, and when "
        "in the week.",
    )
    common_contacts: list[CommonContact] = served(
        call.common_contacts,
        description="The phones that were in calls with at least two of these, with most of them first.",
    )
    why_resolved: ResolutionExplanation = served(
        identity.why_resolved, description="Why the records of this entity are one."
    )
    why_not: PairExplanation = served(identity.why_not, description="Why two records are one or are not.")
    merge_preview: MergePreview = served(
        decision.merge_preview, description="What saying that these two are one would do, and the token for saying it."
    )
    split_preview: SplitPreview = served(
        decision.split_preview,
        description="What saying that these two are not one would do; with the id of a word on them in `takingBack`, "
        "what taking it back would do.",
    )
    review_queue: ReviewConnection = served(
        decision.review_queue,
        description="Pairs that may be one and are not decided, those first whose answer is worth most, then by ids.",
    )
    key_players: list[KeyPlayer] = served(
        analysis.key_players,
        description="Who holds a network together, best first, then by id. FRAGMENTATION and REACH pick a set: each "
        "has the score that it adds to those before it.",
    )
    communities: list[Community] = served(
        analysis.communities,
        description="The groups that a network falls into, largest first; who is tied to nobody is in none.",
    )
    link_suggestions: list[LinkSuggestion] = served(
        analysis.link_suggestions,
        description="Who is probably linked to a person or organisation though nobody stated it, by what both have in "
        "common. Hypotheses with their reasons, never stored as facts. `asOf`: by what had happened by then.",
    )
    vulnerable_in_network: list[AtRisk] = served(
        analysis.vulnerable_in_network,
        description="Everybody marked as vulnerable so many ties (1 to 4) from a person or organisation: by shared "
        "homes, phones, vehicles and events, and by association. Who lives with an offender first, then the nearest. "
        "`asOf`: by what had happened by then, and the markers that held.",
    )
    emerging_networks: list[EmergingNetwork] = served(
        analysis.emerging_networks,
        description="The groups that came, grew, joined or parted in the `windowDays` before `asOf` or now, beside "
        "as many days before it: of who had a part in events together on one side, in an area or anywhere. Most new "
        "members first.",
    )
    indicators: list[Indicator] = served(
        analysis.indicators,
        description="Where a pattern of harm shows in the last `windowDays` before `asOf` or now, each sign with its "
        "evidence; most signs first, then by id.",
    )
    repeats: RepeatConnection = served(
        repeat.repeats,
        description="Who or what appears in at least `min` different events from `from` to `to`, or of the last "
        "`windowDays` before `to` or now; in an area or anywhere. Most events first, then by id. Undated events are in "
        "no span. `kinds`: of events, by default all but CALL and SIGHTING. `roles` of VICTIM and CALLER: VICTIM, "
        "WITNESS, REPORTING, CALLER, CHILD and CARER alone; nobody is ranked by what they are accused of.",
    )
    watches: list[Watch] = served(
        alert.watches, description="The viewer's own watches, ended ones too, by id; none that names what is hidden."
    )
    alerts: AlertConnection = served(
        alert.alerts,
        description="The facts that fired the viewer's watches, or one of them, the oldest first: decided when it is "
        "asked, with the rights that the viewer has now. `acknowledged`: only those that were, or were not. What came "
        "in the running second, or while a load goes on, is told later.",
    )
    jobs: list[Job] = served(job.jobs, description="The viewer's own jobs, the last begun first.")
    job: Job | None = served(job.job, description="A job of the viewer's own: how far it is, and its answer.")
    pattern_of_life: PatternOfLife = served(
        life.pattern_of_life,
        description="When, where, with whom and by what a person, organisation, vehicle or phone appears in the events "
        "from `from` to `to`, or of the last `windowDays` before `to` or now; and what changed against as long before. "
        "`through`: the kinds of its things whose events count as its own, by default PHONE (used) and VEHICLE (kept "
        "or driven). `first` bounds each list, at most 100.",
    )
    changes_since: ChangeConnection = served(
        change.changes_since,
        description="What came of up to 100 subjects, or of the places of an area, after `since` or after a cursor, "
        "the oldest first: records, links, words about who is whom, golden values. In the order in which it was loaded "
        "or decided here, whatever dates it says. What is not kept is not told: what a record said before, a thing "
        "that no source says any more, merges that no word decided. What came in the running second is told in the "
        "next.",
    )
    metrics: Metrics = served(
        live.metrics,
        description="The figures of a window that ends now (15m, 1h, 4h, 8h, 24h, 7d or 30d) beside those of the "
        "window before, everywhere or in an area or postcode. `tiles`: only those of these names, which is quicker.",
    )
    hotspots: list[Hotspot] = served(
        hotspot.hotspots,
        description="The cells of the National Grid where events of the days `from` to `to` (Europe/London, both "
        "included) are most out of the ordinary. `types`: a kind of event (CRIME), a type or a classification; by "
        "default all crimes.",
    )
    demand_forecast: DemandForecast = served(
        demand.demand_forecast,
        description="How many officers a policed event needs: one that is stored (`eventId`), or any of a `kind` such "
        "as FOOTBALL, at a venue, at a time; what is given goes before what is stored. With neither, an ordinary shift "
        "of `hours` from `at` (now) on, in the area or place `venue` or everywhere.",
    )
    access_history: AccessConnection = served(
        access.access_history,
        description="Who asked for this or its records, or was shown them, newest first; for professional standards. "
        "That this was asked is on record too.",
    )
    misuse_indicators: list[MisuseIndicator] = served(
        access.misuse_indicators,
        description="Signs in the looks of the last `windowDays` that somebody looked where they had no business to; "
        "for professional standards.",
    )
    deconfliction: list[Interest] = served(
        access.deconfliction,
        description="Who else asked about this in the last `windowDays`, by its id or a check, for whoever holds a "
        "record of it under an operation; those who asked are told nothing, and answered as ever.",
    )
    emergency_access: list[EmergencyAccess] = served(
        emergency.emergency_access,
        description="Who saw for a while what they do not hold, newest first; for supervisors and standards.",
    )
    sources: list[SourceStatus] = served(question.sources, description="The sources and how they stand.")
