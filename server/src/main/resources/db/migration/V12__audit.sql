-- Who did what, when and from where. Only ever appended to; nothing refers to it and it refers to nothing,
-- so that whatever else is cleaned up leaves it whole.
create table audit (
    id       bigint generated always as identity primary key,
    at       timestamptz not null,
    who      text not null,
    -- Whether the name was proven by a password, or only said.
    proven   boolean not null,
    -- The address that asked; null where the program acted by itself.
    address  text,
    what     text not null,
    route    text,
    rollout  uuid,
    team     text,
    comment  text not null,
    -- Why nothing came of it; null where it was done.
    refused  text,
    before   text,
    after    text
);

create index audit_by_who on audit (lower(who) text_pattern_ops, id desc);
create index audit_by_what on audit (what, id desc);
create index audit_by_route on audit (route, id desc);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is only ever appended to';
end
$$;

create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only();
