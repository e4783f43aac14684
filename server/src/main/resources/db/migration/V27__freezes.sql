-- Times in which no share rises, for one team or for all ('*'). A row is kept when it has ended.
create table rollout_freeze (
    id        uuid primary key,
    team      text not null,
    from_at   timestamptz not null,
    until_at  timestamptz not null check (until_at > from_at),
    by_whom   text not null,
    why       text not null,
    made_at   timestamptz not null,
    -- When somebody ended it before its time; null where nobody did.
    ended_at  timestamptz,
    ended_by  text
);

create index rollout_freeze_by_end on rollout_freeze (until_at) where ended_at is null;

-- The freeze that the last look at a rollout found in force; null where none was.
alter table rollout add column frozen jsonb;
