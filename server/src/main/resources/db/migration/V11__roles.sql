-- What an account may do, and in which team; '*' is every team.
create table account_role (
    account  text not null references account (name) on delete cascade,
    team     text not null,
    role     text not null check (role in ('VIEWER', 'OPERATOR', 'APPROVER', 'ADMIN')),
    primary key (account, team, role)
);

-- Whoever could sign in before could do all, and still can.
insert into account_role (account, team, role) select name, '*', 'ADMIN' from account;
