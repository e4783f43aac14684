-- A receiver of every team has none; some were stored with the sign for all, and heard nothing.
update receiver set team = null where team = '*';

-- What the models of a rollout cost when it started, in USD for a million tokens; null where no price was
-- known, and of rollouts from before.
alter table rollout add column prices jsonb;
