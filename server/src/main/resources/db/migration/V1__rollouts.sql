-- What clients call, and which model serves it.
create table route (
    name   text primary key,
    model  text not null,
    since  timestamptz not null
);

-- The latest state of each rollout; how it came there is in the journal.
create table rollout (
    id           uuid primary key,
    route        text not null references route (name),
    version      bigint not null,
    plan         jsonb not null,
    phase        jsonb not null,
    started_by   text not null,
    last_at      timestamptz not null,
    plan_source  text not null,
    plan_format  text not null check (plan_format in ('yaml', 'json')),
    team         text,
    linked_to    uuid references rollout (id),
    simulated    boolean not null,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    -- What each call is tallied by, so that intake need not read the plan.
    tracks       text[] not null,
    -- Keys are stored only as hashes with this secret.
    key_salt     bytea not null,
    -- What the last look at the evidence found.
    judged       jsonb not null,
    evidence_id  text not null,
    judged_at    timestamptz not null,
    pulse_seen   bigint not null default 0,
    stirred_at   timestamptz not null,
    due_at       timestamptz,
    trouble      text
);

create unique index rollout_one_active_by_route on rollout (route) where ended_at is null;
create index rollout_by_start on rollout (started_at desc, id desc);
create index rollout_by_route on rollout (route, started_at desc, id desc);
create index rollout_due on rollout (due_at) where ended_at is null;

create table journal (
    rollout  uuid not null references rollout (id),
    seq      int not null,
    version  bigint not null,
    at       timestamptz not null,
    entry    jsonb not null,
    primary key (rollout, seq)
);

create function journal_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is only ever appended to';
end
$$;

create trigger journal_is_append_only before update or delete or truncate on journal
    for each statement execute function journal_is_append_only();

create table step_entered (
    rollout  uuid not null references rollout (id),
    step     int not null,
    at       timestamptz not null,
    share    double precision not null,
    primary key (rollout, step)
);

-- Evidence that was shown to somebody at an open gate; an approval names it.
create table shown_evidence (
    rollout   uuid not null references rollout (id),
    id        text not null,
    at        timestamptz not null,
    findings  jsonb not null,
    primary key (rollout, id)
);

-- Sums of calls by stretches of 10 s since the step's start. Each row belongs to the one process
-- that writes it, so writers never wait for one another. No foreign key: its check would wait for
-- every decision about the rollout.
create table tally (
    rollout    uuid not null,
    step       int not null,
    arm        smallint not null,
    metric     text not null,
    bucket     int not null,
    replica    text not null,
    n          bigint not null,
    bad        bigint not null default 0,
    sum        double precision not null default 0,
    v          double precision not null default 0,
    over_cap   bigint not null default 0,
    histogram  bytea,
    primary key (rollout, step, arm, metric, bucket, replica)
);

-- How often a replica has stored something for a rollout, so that a tick knows what is new.
create table pulse (
    rollout  uuid not null,
    replica  text not null,
    n        bigint not null,
    primary key (rollout, replica)
);

-- Keys seen in a step: those that Serin gave an arm, and those that observations named.
create table key_seen (
    rollout   uuid not null,
    step      int not null,
    arm       smallint not null,
    assigned  boolean not null,
    key_hash  bytea not null,
    primary key (rollout, step, arm, assigned, key_hash)
);

-- Single calls: against duplicates, for late labels, and to show the newest bad ones. A partition
-- holds the calls of the rollouts that began on its day, so that a call's id is unique for its
-- rollout whatever the clock of its sender says.
create table call (
    rollout      uuid not null,
    began        date not null,
    id           text not null,
    step         int not null,
    arm          smallint not null,
    at           timestamptz not null,
    key_hash     bytea,
    labels       jsonb,
    bad          text[] not null default '{}',
    error_class  text,
    trace_id     text,
    latency_ms   double precision,
    cost_usd     double precision,
    primary key (rollout, id, began)
) partition by range (began);

create table call_other partition of call default;

create index call_newest_bad on call (rollout, arm, at desc) where bad <> '{}';

create table batch (
    rollout    uuid not null,
    key        text not null,
    body_hash  bytea not null,
    answer     jsonb,
    at         timestamptz not null,
    primary key (rollout, key)
);

create index batch_by_age on batch (at);
