-- The span that told of a call, where the call goes by another name: evaluations may name either. A table
-- of its own, so that a call that no span told of costs nothing more; by days as the calls are, and let go
-- with them.
create table call_span (
    span     text collate "C" not null,
    rollout  uuid not null,
    began    date not null,
    id       text not null,
    primary key (span, rollout, began)
) partition by range (began);

create table call_span_other partition of call_span default;
