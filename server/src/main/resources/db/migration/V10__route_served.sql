-- What routes served by hours, over all their ended rollouts: so that the page of a busy route need not
-- go through hundreds of them. It is always the sum of "served"; who reads it takes out the hours of
-- rollouts for which something came since, and counts their tallies instead.
create table route_served (
    route      text not null,
    simulated  boolean not null,
    metric     text not null,
    arm        smallint not null,
    hour       timestamptz not null,
    n          bigint not null,
    bad        bigint not null,
    sum        double precision not null,
    primary key (route, simulated, metric, arm, hour)
);

create function keep_route_served_added() returns trigger language plpgsql as $$
begin
    insert into route_served as h
    select r.route, r.simulated, s.metric, s.arm, s.hour, sum(s.n), sum(s.bad), sum(s.sum)
    from added s join rollout r on r.id = s.rollout
    group by 1, 2, 3, 4, 5
    on conflict (route, simulated, metric, arm, hour) do update set
        n = h.n + excluded.n, bad = h.bad + excluded.bad, sum = h.sum + excluded.sum;
    return null;
end
$$;

create function keep_route_served_gone() returns trigger language plpgsql as $$
begin
    update route_served h set n = h.n - g.n, bad = h.bad - g.bad, sum = h.sum - g.sum
    from (
        select r.route, r.simulated, s.metric, s.arm, s.hour,
            sum(s.n) as n, sum(s.bad) as bad, sum(s.sum) as sum
        from gone s join rollout r on r.id = s.rollout
        group by 1, 2, 3, 4, 5) g
    where (h.route, h.simulated, h.metric, h.arm, h.hour)
        = (g.route, g.simulated, g.metric, g.arm, g.hour);
    delete from route_served h using gone s, rollout r
    where r.id = s.rollout and h.n = 0
        and (h.route, h.simulated, h.metric, h.arm, h.hour)
            = (r.route, r.simulated, s.metric, s.arm, s.hour);
    return null;
end
$$;

create function keep_route_served_changed() returns trigger language plpgsql as $$
begin
    update route_served h set n = h.n + c.n, bad = h.bad + c.bad, sum = h.sum + c.sum
    from (
        select r.route, r.simulated, s.metric, s.arm, s.hour,
            sum(s.n) as n, sum(s.bad) as bad, sum(s.sum) as sum
        from (
            select rollout, metric, arm, hour, n, bad, sum from added
            union all
            select rollout, metric, arm, hour, -n, -bad, -sum from gone) s
        join rollout r on r.id = s.rollout
        group by 1, 2, 3, 4, 5) c
    where (h.route, h.simulated, h.metric, h.arm, h.hour)
        = (c.route, c.simulated, c.metric, c.arm, c.hour);
    return null;
end
$$;

-- Triggers, so that servers of an older version beside this one keep it too.
create trigger keep_route_served_added after insert on served
    referencing new table as added
    for each statement execute function keep_route_served_added();
create trigger keep_route_served_gone after delete on served
    referencing old table as gone
    for each statement execute function keep_route_served_gone();
create trigger keep_route_served_changed after update on served
    referencing old table as gone new table as added
    for each statement execute function keep_route_served_changed();

insert into route_served
select r.route, r.simulated, s.metric, s.arm, s.hour, sum(s.n), sum(s.bad), sum(s.sum)
from served s join rollout r on r.id = s.rollout
group by 1, 2, 3, 4, 5;

-- What a text is searched in, each wording once: rollouts of one route and pair of models share theirs.
-- Servers of an older version go on reading rollout_words.
create table wording (
    id     bigint generated always as identity primary key,
    words  text collate "C" not null
);

-- By a hash, as words may be longer than an index takes.
create unique index wording_once on wording (md5(words));

alter table rollout add column wording bigint references wording (id);

create function find_rollout_wording() returns trigger language plpgsql as $$
declare
    said constant text := rollout_words_of(new);
begin
    insert into wording (words) values (said) on conflict (md5(words)) do nothing;
    new.wording := (select id from wording where md5(words) = md5(said));
    return new;
end
$$;

create trigger find_rollout_wording before insert on rollout
    for each row execute function find_rollout_wording();

insert into wording (words) select distinct words from rollout_words;
update rollout r set wording = w.id
from rollout_words s join wording w on md5(w.words) = md5(s.words)
where s.rollout = r.id;

create index rollout_by_wording on rollout (wording, started_at desc, id desc);
