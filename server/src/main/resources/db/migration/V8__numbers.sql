-- Numbers of a caller's own that came with a call, by name: to show them beside a bad call, and to know
-- which ones a route's calls carry.
alter table call add column numbers jsonb;
