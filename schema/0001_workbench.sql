-- The bulk-move workbench: organisation, people, customers, moves.
--
-- One text for every dialect. What differs is a word in braces, replaced by the migrator:
--   {key}     the number a table gives its rows
--   {table}   ends a table laid in order of its number or of its insertion
--   {laid}    ends a table laid in order of its primary key
-- Texts compare as bytes, trailing spaces count. Dates are days since 1970-01-01, instants milliseconds since then,
-- money is fen. Every statement ends with a semicolon at the end of a line; none holds one elsewhere.

-- One row: what holds for the whole database. basis is bumped by every change of units, rights or policy.
create table setting (
  id integer not null primary key check (id = 1),
  basis bigint not null,
  rights_version bigint not null,
  policy_version bigint not null,
  window_open_day integer not null,
  window_close_day integer not null,
  revenue_period integer not null,
  demonstration integer not null check (demonstration in (0, 1)),
  demo_date integer null
) {table};

insert into setting (id, basis, rights_version, policy_version, window_open_day, window_close_day, revenue_period, demonstration)
  values (1, 1, 1, 1, 9, 3, 0, 0);

-- The last instant given to a batch. A row of its own: commits share the row of settings, and queue here only while they
-- write their log.
create table batch_clock (
  id integer not null primary key check (id = 1),
  last_at bigint not null
) {table};

insert into batch_clock (id, last_at) values (1, 0);

create table channel (
  id {key},
  code varchar(40) not null unique,
  name varchar(80) not null,
  name_en varchar(80) not null
) {table};

-- Parents are not foreign keys: units are added parents last as well as first, and only SQLite could check at the end.
-- Organisation::build checks the whole. The intervals are its preorder positions, channel_bit the mask of the channel
-- (0 above the channels): what a scope is compared with.
create table unit (
  id {key},
  code varchar(40) not null unique,
  name varchar(120) not null,
  kind varchar(20) not null,
  channel_id bigint null references channel (id),
  area_parent bigint null,
  channel_parent bigint null,
  billing_area varchar(40) not null,
  sort_order integer not null,
  active integer not null check (active in (0, 1)),
  area_first integer not null,
  area_last integer not null,
  channel_first integer not null,
  channel_last integer not null,
  channel_bit bigint not null
) {table};

create table person (
  id {key},
  login varchar(80) not null unique,
  name varchar(80) not null,
  active integer not null check (active in (0, 1)),
  password_hash varchar(255) not null
) {table};

-- actions is the mask of ActionMask.
create table role (
  id {key},
  code varchar(40) not null unique,
  name varchar(80) not null,
  actions bigint not null
) {table};

-- A role held at a unit; channels is the mask of ChannelMask.
create table person_role (
  id {key},
  person_id bigint not null references person (id),
  role_id bigint not null references role (id),
  unit_id bigint not null references unit (id),
  channels bigint not null
) {table};

create index person_role_person on person_role (person_id);

create table session (
  token_hash varchar(64) not null primary key,
  person_id bigint not null references person (id),
  csrf_token varchar(64) not null,
  created_at bigint not null,
  seen_at bigint not null
) {laid};

create index session_seen on session (seen_at);

create table login_failure (
  subject varchar(255) not null primary key,
  failures integer not null,
  last_at bigint not null
) {laid};

-- statistical is no foreign key: MariaDB would keep an index of a million rows over five values for it.
create table customer (
  id {key},
  code varchar(20) not null,
  name varchar(255) not null,
  name_key varchar(256) not null,
  contract varchar(40) not null,
  address varchar(255) not null,
  place_id bigint not null references unit (id),
  statistical_id bigint not null,
  installed_on integer not null,
  revenue_fen bigint null,
  version integer not null,
  locked_until integer null
) {table};

create unique index customer_code on customer (code);

-- Covers totals by place, lists of few places by code or revenue, and the foreign key. The only index that a move changes.
create index customer_place on customer (place_id, code, revenue_fen);

create index customer_name on customer (name_key);

create index customer_installed on customer (installed_on);

create index customer_revenue on customer (revenue_fen);

-- A bulk move or its undoing. at is strictly increasing and names the batch in the log.
create table batch (
  id {key},
  at bigint not null unique,
  kind varchar(10) not null check (kind in ('move', 'undo')),
  person_id bigint not null references person (id),
  day integer not null,
  window_opened_on integer null,
  undo_of bigint null references batch (id),
  file_name varchar(255) not null,
  row_count integer not null,
  moved integer not null,
  unchanged integer not null,
  kept integer not null,
  digest varchar(64) not null
) {table};

create index batch_person on batch (person_id);

-- The units a batch moved customers from or to: who sees the batch, without reading its log.
create table batch_unit (
  batch_id bigint not null references batch (id),
  unit_id bigint not null references unit (id),
  primary key (batch_id, unit_id)
) {laid};

-- The append-only log, and the history of places: a place holds from valid_from to the next of that customer. Laid in
-- the order in which it is written and mostly read; its batch is the one of that instant. No other foreign keys: the
-- customer is locked by the statement that writes the row, and units are never deleted.
create table adjustment (
  valid_from bigint not null references batch (at),
  customer_id bigint not null,
  row_no integer not null,
  from_unit bigint not null,
  to_unit bigint not null,
  version_after integer not null,
  note varchar(255) not null,
  primary key (valid_from, customer_id)
) {laid};

create unique index adjustment_customer on adjustment (customer_id, valid_from);

create index adjustment_to on adjustment (to_unit, valid_from);

create index adjustment_from on adjustment (from_unit, valid_from);

create table handover (
  batch_id bigint not null references batch (id),
  unit_id bigint not null references unit (id),
  customers integer not null,
  primary key (batch_id, unit_id)
) {laid};

create index handover_unit on handover (unit_id, batch_id);

-- What a person's request with an idempotency key was answered. body is null only inside the transaction that claims it.
create table outcome (
  person_id bigint not null references person (id),
  idempotency_key varchar(64) not null,
  request_digest varchar(64) not null,
  body mediumtext null,
  primary key (person_id, idempotency_key)
) {laid};
