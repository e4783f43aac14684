-- What a replayed run was played from, in words: files, draws, arrivals. Null where calls were live or
-- simulated. A replayed run never puts a model on its route.
alter table rollout add column replay_of text;
