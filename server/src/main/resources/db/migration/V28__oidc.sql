-- People who come by an OpenID provider.
alter table account
    -- Whether the provider lets it in; it then needs no password of its own.
    add column of_provider boolean not null default false;

-- Whom the provider knows under which account. The subject names them for ever, whatever they are called.
create table oidc_identity (
    issuer     text not null,
    subject    text not null,
    account    text not null unique references account (name) on delete cascade,
    -- Whether the account's roles follow the groups that the provider tells; false where an admin invited.
    by_groups  boolean not null,
    first_at   timestamptz not null,
    last_at    timestamptz not null,
    primary key (issuer, subject)
);

-- Sign-ins that were begun and not yet ended. A line is taken away by whoever comes back first.
create table oidc_attempt (
    state_hash    text primary key,
    -- Of a cookie: the browser that comes back is the one that began.
    browser_hash  text not null,
    nonce         text not null,
    verifier      text not null,
    redirect      text not null,
    next_page     text not null,
    ends_at       timestamptz not null
);

create index oidc_attempt_by_end on oidc_attempt (ends_at);
