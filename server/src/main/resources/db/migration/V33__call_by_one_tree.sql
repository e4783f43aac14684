-- An id is as good as random: each index by it has a new call change a page of its own, which costs most
-- once the index is larger than PostgreSQL's buffers. One tree serves both for duplicates and to look
-- calls up by id, compared byte by byte. Those of a rollout are found by time, in which they come.
alter table call drop constraint call_pkey;
drop index call_by_id;
alter table call alter column id type text collate "C";
alter table call add primary key (id, rollout, began);
create index call_of_rollout on call (rollout, at);
