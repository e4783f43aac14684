-- A receiver of every team has none; some were stored with the sign for all, and heard nothing.
update receiver set team = null where team = '*';
