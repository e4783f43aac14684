-- Only the names of labels and numbers that a route's calls carry were ever looked for by the index over all
-- calls of a rollout, which every call paid for. They are looked for among calls that carry any.
drop index call_of_rollout;
create index call_with_labels on call (rollout) where labels is not null;
create index call_with_numbers on call (rollout) where numbers is not null;
