-- Who may sign in. One account for now; teams and roles add columns.
create table account (
    name      text primary key,
    sealed    text not null,
    made_at   timestamptz not null default now()
);

create table session (
    token_hash  text primary key,
    account     text not null references account (name) on delete cascade,
    made_at     timestamptz not null default now(),
    expires_at  timestamptz not null
);

create index session_expires_at on session (expires_at);

-- Each start without an account prints a token of its own; the first that is used ends them all.
create table setup_token (
    token_hash  text primary key,
    made_at     timestamptz not null default now()
);
