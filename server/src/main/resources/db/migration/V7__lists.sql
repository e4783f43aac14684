-- For the list of rollouts and for routes: what a filter finds, and what ended lately, without a look
-- at every rollout there ever was.

-- What a text is searched in; nothing of it ever changes.
create table rollout_words (
    rollout  uuid primary key references rollout (id),
    words    text collate "C" not null
);

create function rollout_words_of(r rollout) returns text language sql stable as $$
    select lower(concat_ws(' ', r.route, r.started_by, r.team,
        r.plan #>> '{plan,baseline}', r.plan #>> '{plan,candidate}') collate "default")
$$;

create function keep_rollout_words() returns trigger language plpgsql as $$
begin
    insert into rollout_words values (new.id, rollout_words_of(new));
    return null;
end
$$;

insert into rollout_words select r.id, rollout_words_of(r) from rollout r;

create trigger keep_rollout_words after insert on rollout
    for each row execute function keep_rollout_words();

create index rollout_by_phase on rollout
    ((phase ->> 'is'), (phase #>> '{outcome,kind}'), started_at desc, id desc);
create index rollout_by_outcome on rollout
    ((phase #>> '{outcome,kind}'), started_at desc, id desc) where ended_at is not null;
create index rollout_by_team on rollout (team, started_at desc, id desc) where team is not null;

-- The upgrades that the summary tells of.
create index rollout_ended on rollout (ended_at)
    where not simulated and replay_of is null and linked_to is null;

-- Which model a route had before the one that serves now.
create index rollout_promoted on rollout (route, (plan #>> '{plan,candidate}'), ended_at desc)
    where ended_at is not null and phase ->> 'is' = 'Complete' and replay_of is null;
