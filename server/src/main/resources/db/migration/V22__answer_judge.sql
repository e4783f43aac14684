-- What the judge of a rollout's answers did, as each process counted it. Texts are never kept.
create table answer_judge (
    rollout     uuid not null references rollout (id),
    replica     text not null,
    labelled    bigint not null,
    unreadable  bigint not null,
    failed      bigint not null,
    left_out    bigint not null,
    usd         double precision not null,
    -- Why the newest answer got no label; null if it did.
    trouble     text,
    at          timestamptz not null,
    primary key (rollout, replica)
);
