-- Whether whoever logged in must change the password before anything else.

alter table session add column must_change integer not null default 0 check (must_change in (0, 1));
