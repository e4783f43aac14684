-- What rollouts that ended served, by hours: so that the page of a route need not add up a month of
-- stretches of 10 s.
create table served_until (
    rollout  uuid primary key references rollout (id),
    -- The sum of its pulses when it was summed up. Another sum now: something came since, and its
    -- hours are not to be used.
    pulses   bigint not null
);

create table served (
    rollout  uuid not null references served_until (rollout) on delete cascade deferrable initially deferred,
    metric   text not null,
    arm      smallint not null,
    hour     timestamptz not null,
    n        bigint not null,
    bad      bigint not null,
    sum      double precision not null,
    primary key (rollout, metric, arm, hour)
);
