-- Keys for machines. Only what the key hashes to is kept.
create table api_token (
    name        text primary key,
    hash        text not null unique,
    role        text not null check (role in ('VIEWER', 'OPERATOR', 'APPROVER', 'ADMIN')),
    team        text not null,
    expires_at  timestamptz not null,
    made_by     text not null,
    made_at     timestamptz not null,
    last_used   timestamptz
);
