-- For the pages of routes: what a route served lately, and whether any of it was real.
create index rollout_by_end on rollout (route, ended_at);
create index rollout_real on rollout (route) where not simulated and replay_of is null;
