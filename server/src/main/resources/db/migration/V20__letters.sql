-- A letter has a number, by which it is listed and sent again.
alter table delivery drop constraint delivery_pkey;
alter table delivery add column id bigint generated always as identity primary key;
alter table delivery add unique (notice, address);

-- What came of the last try, also where it went well.
alter table delivery rename column trouble to answer;

-- Tries before a person had it sent again; patience begins anew after them.
alter table delivery add column tries_before integer not null default 0;

create index delivery_by_state on delivery (state, id desc);
create index notice_by_route on notice (route);
drop index notice_at;

-- For mailboxes; its first line is the subject. Those told before had none, and went to no mailbox.
alter table notice add column mail text not null default '';
alter table notice alter column mail drop default;
