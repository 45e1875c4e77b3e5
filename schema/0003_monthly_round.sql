-- The monthly round: when a customer was new, the steps of each period's round, locks and their reasons, receipts.

-- The account period (YYYYMM) in which the customer was first placed; 0: before this was recorded.
alter table customer add column new_in integer not null default 0;

create index customer_new on customer (new_in, place_id);

-- Whether customers wait there for a place, as a number that lists can filter by.
alter table unit add column is_pool integer generated always as (kind = 'pool') virtual;

-- One row a period. Its closing is noted here in the transaction that locks: that row makes it happen once.
create table monthly_round (
  period integer not null primary key,
  phase varchar(20) not null,
  customers integer not null,
  stage_1_batch bigint null references batch (id),
  closed_at bigint null,
  locked integer not null
) {table};

create table round_department (
  period integer not null,
  channel_id bigint not null,
  state varchar(20) not null,
  person_id bigint null,
  at bigint not null,
  note varchar(255) not null,
  primary key (period, channel_id)
) {laid};

-- The customers gathered. claims: departments that marked it as theirs; decided: the channel that gets it when several did,
-- 0 nobody, null not decided; target_unit: where hand-over sends it.
create table round_customer (
  period integer not null,
  customer_id bigint not null,
  claims integer not null,
  decided bigint null,
  target_unit bigint null,
  primary key (period, customer_id)
) {laid};

create index round_customer_claims on round_customer (period, claims);

-- What a department was given and how it marked it; unit_id is the department's pool for that customer.
create table round_mark (
  period integer not null,
  customer_id bigint not null,
  channel_id bigint not null,
  unit_id bigint not null,
  claimed integer not null check (claimed in (0, 1)),
  note varchar(255) not null,
  primary key (period, customer_id, channel_id)
) {laid};

create index round_mark_channel on round_mark (period, channel_id, claimed);

-- Who did what, when; append-only. person_id is null where the program did it by itself.
create table round_event (
  id {key},
  period integer not null,
  at bigint not null,
  person_id bigint null,
  act varchar(20) not null,
  channel_id bigint null,
  customers integer not null,
  note varchar(255) not null
) {table};

create index round_event_period on round_event (period, id);

-- Every lock set and lifted; append-only. person_id is null where the close set it.
create table lock_event (
  id {key},
  at bigint not null,
  customer_id bigint not null,
  person_id bigint null,
  period integer not null,
  locked_before integer null,
  locked_until integer null,
  reason varchar(255) not null
) {table};

create index lock_event_customer on lock_event (customer_id, id);

create index lock_event_period on lock_event (period, id);

-- That a receiving unit has seen what is new to it.
create table handover_receipt (
  batch_id bigint not null references batch (id),
  unit_id bigint not null references unit (id),
  person_id bigint not null references person (id),
  at bigint not null,
  primary key (batch_id, unit_id)
) {laid};
