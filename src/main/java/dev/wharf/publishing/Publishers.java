package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.Publication;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;

/** For whom, and with whose keys, a job publishes. */
record Publishers(Identities identities) {
    /** @throws ProblemException 404 if that is no member any more */
    Caller of(Publication job) {
        return member(job.membershipId()).by(Origin.job(job.jobGroupId()));
    }

    /** @throws ProblemException 404 if there is none */
    Caller member(long membershipId) {
        return identities
                .byMembership(membershipId)
                .orElseThrow(() -> Ids.notFound("member with personWorkspaceId", membershipId));
    }
}
