-- Who is told of what happens. A receiver without a route is told of all routes, without a team of all
-- teams.
create table receiver (
    id        uuid primary key,
    address   text not null,
    kind      text not null,
    route     text,
    team      text,
    -- Signs what is sent, so it is kept as it is.
    secret    text not null,
    made_by   text not null,
    made_at   timestamptz not null
);
create index receiver_address on receiver (address);

-- What is told, written in the transaction of the decision. The body never changes, so a message that is
-- sent again is the same message.
create table notice (
    id        uuid primary key,
    rollout   uuid not null,
    route     text not null,
    team      text,
    kind      text not null,
    at        timestamptz not null,
    sentence  text not null,
    body      text not null,
    slack     text not null
);
create index notice_at on notice (at desc, id desc);

-- A notice on its way to one address.
create table delivery (
    notice    uuid not null references notice on delete cascade,
    address   text not null,
    kind      text not null,
    -- The plan named it, so that it stays when a receiver of the same address is removed.
    of_plan   boolean not null,
    state     text not null check (state in ('waits', 'delivered', 'dead')),
    tries     integer not null,
    -- When it may be tried (again); a replica that claims it moves this on.
    next_at   timestamptz not null,
    tried_at  timestamptz,
    trouble   text,
    primary key (notice, address)
);
create index delivery_due on delivery (next_at) where state = 'waits';
