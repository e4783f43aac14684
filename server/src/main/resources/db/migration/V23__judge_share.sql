-- The part of the answers that a model reads, copies of a shadow step among them; null where none does.
alter table rollout add column judge_share double precision;
