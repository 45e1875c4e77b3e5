-- Jobs: work that outlives its request, and where that matters the server that began it. Words in braces as in 0001.

-- person_id is 0 for what the system asks of itself. resumable: any server can do it from kind and parameters. attempt is
-- raised by each taking and names a lease; losses counts the leases that ran out. done_count of total_count is how far
-- the phase is. error and outcome are JSON.
create table job (
  id {key},
  person_id bigint not null,
  idempotency_key varchar(64) not null,
  kind varchar(40) not null,
  parameters mediumtext not null,
  resumable integer not null check (resumable in (0, 1)),
  state varchar(10) not null check (state in ('waiting', 'running', 'done', 'failed')),
  attempt integer not null,
  losses integer not null,
  owner varchar(80) not null,
  lease_until bigint not null,
  cancelled integer not null check (cancelled in (0, 1)),
  phase varchar(40) not null,
  done_count bigint not null,
  total_count bigint not null,
  outcome mediumtext null,
  error mediumtext null,
  created_at bigint not null,
  finished_at bigint null
) {table};

create unique index job_name on job (person_id, idempotency_key);

create index job_state on job (state, lease_until);
