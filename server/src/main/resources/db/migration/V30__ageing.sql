-- How far the tallies of an ended rollout have been drawn together. No foreign key, as with tallies.
create table evidence_age (
    rollout    uuid primary key,
    -- Into stretches of so many seconds; null once they were let go.
    stretch_s  int
);

create index rollout_ended_at on rollout (ended_at) where ended_at is not null;
