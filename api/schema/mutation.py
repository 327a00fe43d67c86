"""The changes that are served."""

from __future__ import annotations

import strawberry

from api.resolve import alert, decision, emergency
from api.resolve import dispute as of_dispute
from api.resolve import job as of_job
from api.resolve import workspace as of_workspace
from api.schema.alert import AcknowledgePayload, Watch
from api.schema.decision import DecidePayload
from api.schema.emergency import EmergencyAccess
from api.schema.entity import Dispute
from api.schema.field import changed
from api.schema.job import Job
from api.schema.workspace import Workspace


@strawberry.type(description="The changes. Each is done and settled as a whole before it answers.")
class Mutation:
    """The changes."""

    decide: DecidePayload = changed(
        decision.decide,
        description="An analyst's word on two records or entities. SAME needs the preview's token; a stale one is "
        "CONFLICT, also with DIFFERENT, which takes that of either preview. "
        "`marking`: by default the high-water of what the preview showed, without one that of the records.",
    )
    retract: DecidePayload = changed(
        decision.retract,
        description="Take back a word; it stays to be read, and the graph is as it was without it. With the token of "
        "`splitPreview`: CONFLICT where what that showed is not so any more.",
    )
    break_glass: EmergencyAccess = changed(
        emergency.break_glass,
        description="See markings that one does not hold, for 5 to 240 `minutes`, in questions alone: where the "
        "installation allows it for them, with a reason, and supervisors told at once.",
    )
    end_break_glass: EmergencyAccess = changed(
        emergency.end_break_glass, description="End it at once: one's own, or as a supervisor anybody's."
    )
    dispute: Dispute = changed(
        of_dispute.dispute,
        description="Note beside a record that whoever it is about disputes it, or had its use restricted, with their "
        "`statement` where it is not rectified and the `reference` of their request. What it says stays as it is.",
    )
    close_dispute: Dispute = changed(
        of_dispute.close_dispute, description="Note that this is over; it stays to be read with the record."
    )
    watch: Watch = changed(
        alert.watch,
        description="Watch up to 100 subjects, or an area, from `since` (now) until `until` (90 days from now, at most "
        "366): a watch is its owner's alone. One that stands and wants the same is answered instead of another.",
    )
    unwatch: Watch = changed(alert.unwatch, description="Give up a watch, and what was acknowledged of it.")
    deliver: Watch = changed(
        alert.deliver,
        description="Have the alerts of a watch of one's own that come from now on delivered to a `webhook` of the "
        "installation; without one no more. With what one holds now, for a day; with an API key, while that is good.",
    )
    acknowledge: AcknowledgePayload = changed(alert.acknowledge, description="Note that up to 500 alerts were seen.")
    save_workspace: Workspace = changed(
        of_workspace.save_workspace,
        description="Keep a network as it lies: at most 100 workspaces of 2,000 things. One that is kept already is "
        "changed, where its version is still the one given: else CONFLICT.",
    )
    delete_workspace: Workspace = changed(of_workspace.delete_workspace, description="Give up a workspace.")
    start_key_players: Job = changed(
        of_job.start_key_players,
        description="Ask `keyPlayers` as a job, which has 15 minutes: where links are kept, BETWEENNESS of five times "
        "as many. At most two at once. `job` tells how far it is and has the answer.",
    )
    start_communities: Job = changed(of_job.start_communities, description="Ask `communities` as a job.")
    start_emerging_networks: Job = changed(
        of_job.start_emerging_networks, description="Ask `emergingNetworks` as a job."
    )
    cancel_job: Job = changed(of_job.cancel_job, description="End a job of one's own; one that is over stays as it is.")
