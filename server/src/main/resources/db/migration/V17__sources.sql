-- Rollouts whose calls are counted elsewhere: whom to ask, when, and what was last said.
create table source_poll (
    rollout   uuid primary key references rollout (id),
    -- Queries and what they are about, so that a poll need not read the plan.
    watching  text not null,
    every_ms  bigint not null,
    -- Null once the rollout has ended.
    due_at    timestamptz,
    -- Who polls holds the number of its claim; a later claim makes it void.
    claim     bigint not null default 0,
    heard_at  timestamptz not null,
    -- Why the newest calls are not known; null if nothing is wrong.
    trouble   text,
    state     text not null
);

create index source_poll_due on source_poll (due_at) where due_at is not null;

-- Where each pair of counters stood when its difference was last added to the tallies.
create table source_counter (
    rollout   uuid not null references source_poll (rollout),
    arm       smallint not null,
    track     text not null,
    step      int not null,
    bad       bigint not null,
    total     bigint not null,
    at        timestamptz not null,
    moved_at  timestamptz not null,
    primary key (rollout, arm, track)
);
