-- Of which teams' calls a label may be that came before its call; null for any.
alter table label_waiting add column teams text[];
