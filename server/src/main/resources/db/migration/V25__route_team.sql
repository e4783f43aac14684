-- A route belongs to the team of the plan that first started on it; one without belongs to everybody.
-- Before, only rollouts had a team: a route gets that of its newest.
alter table route add column team text;

update route t set team = (
    select nullif(r.team, 'everybody') from rollout r where r.route = t.name
    order by r.started_at desc, r.id desc limit 1);

-- What a text is searched in holds the team.
create trigger find_rollout_wording_anew before update of team on rollout
    for each row when (old.team is distinct from new.team)
    execute function find_rollout_wording();

-- What was started on a route is its team's.
update rollout r set team = t.team
from route t where t.name = r.route and r.team is distinct from t.team;

update notice n set team = t.team
from route t where t.name = n.route and n.team is distinct from t.team;

create index route_by_team on route (team, name);

-- The newest of nobody's; those of a team are found by rollout_by_team.
create index rollout_by_no_team on rollout (started_at desc, id desc) where team is null;
