-- Labels that come after their call. Which calls they are chosen for, and how long they are waited
-- for, so that intake need not read the plan; both null where the plan waits for none.
alter table rollout
    add column label_share        double precision,
    add column label_deadline_ms  bigint;

alter table call
    -- Where its labels are summed up; null for calls from before there was such a place.
    add column bucket   int,
    -- Whether a label that comes later counts: the call is judged, and chosen where the plan chooses.
    add column counted  boolean not null default false,
    -- Whether a label that was chosen for it is missing.
    add column waits    boolean not null default false;

create index call_by_id on call (id);
create index call_waiting on call (rollout, at) where waits;

-- Labels whose call nobody has reported yet. A rollout of zeros is any rollout.
create table label_waiting (
    id           text not null,
    rollout      uuid not null,
    name         text not null,
    verdict      jsonb not null,
    judge        text,
    version      text,
    at           timestamptz,
    received_at  timestamptz not null,
    seq          bigint generated always as identity,
    primary key (id, rollout, name, seq)
);

create index label_waiting_by_age on label_waiting (received_at);

-- Who labelled, and how often, as each process counted it. Sums of labels may fall in one process's
-- rows of the tally when another's are corrected: only the sum over all of them is a count.
create table judge_seen (
    rollout   uuid not null,
    label     text not null,
    judge     text not null,
    version   text not null,
    replica   text not null,
    labelled  bigint not null,
    failed    bigint not null,
    primary key (rollout, label, judge, version, replica)
);
