-- What ended lately on a route, read from the index alone: the page of a busy route asks for hundreds of
-- rollouts, whose rows hold whole plans, only to find the few that its hours do not count.
create index rollout_lately on rollout (route, simulated, ended_at) include (id, started_at)
    where replay_of is null;
