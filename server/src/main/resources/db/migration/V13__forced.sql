-- Calls of callers whom the plan forces to an arm, as each process counted them: apart from the tally,
-- which is of the split alone.
create table forced_seen (
    rollout    uuid not null,
    arm        smallint not null,
    replica    text not null,
    calls      bigint not null,
    bad        bigint not null,
    -- Of these, calls whose cost is known, and what they cost.
    priced     bigint not null,
    usd        double precision not null,
    primary key (rollout, arm, replica)
);

-- Who they were.
create table forced_key (
    rollout   uuid not null,
    arm       smallint not null,
    key_hash  bytea not null,
    primary key (rollout, arm, key_hash)
);
