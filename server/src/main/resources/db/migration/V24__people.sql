-- More than one account: people who were invited, disabled or locked out, and where they are signed in.
alter table account
    -- Null until whoever was invited has chosen a password.
    alter column sealed drop not null,
    add column disabled_at timestamptz,
    -- Whether its password comes from the settings of the servers.
    add column of_settings boolean not null default false;

-- So that no two people are told apart by a capital letter.
create unique index account_name_in_any_case on account (lower(name));

alter table session
    add column id uuid not null default gen_random_uuid() unique,
    add column address text,
    -- What the browser calls itself, cut short.
    add column agent text,
    add column last_seen timestamptz;

create index session_by_account on session (account);

-- Lets whoever has the link choose a password for one account. Only what the link hashes to is kept.
create table invitation (
    account     text primary key references account (name) on delete cascade,
    token_hash  text not null unique,
    made_by     text not null,
    made_at     timestamptz not null,
    expires_at  timestamptz not null
);

-- Wrong passwords in a row, also for names that nobody has. No name is kept, only what it hashes to.
create table wrong_password (
    name_hash  text primary key,
    wrong      int not null,
    last_at    timestamptz not null
);

create index wrong_password_by_age on wrong_password (last_at);
