-- A call is looked up by its id alone where a label names no rollout. An id is as good as random, so a
-- tree of ids has each new call change a page of its own; a hash of them does so at a third of the cost.
drop index call_by_id;
create index call_by_id on call using hash (id);
