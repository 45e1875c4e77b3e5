-- Feeds from other systems, and the automatic partition of new subscribers. The dialect's words are those of 0001.

-- One row. precedence is as Precedence; fallback_pool: for a billing area without a public pool, null: the first there is.
create table partition_policy (
  id integer not null primary key check (id = 1),
  precedence varchar(20) not null,
  fallback_pool_id bigint null references unit (id)
) {table};

insert into partition_policy (id, precedence, fallback_pool_id) values (1, 'cabinet_first', null);

-- The area code that numbers of new customers of a billing area begin with, where the access number has none of its own.
create table billing_area (
  code varchar(40) not null primary key,
  area_code varchar(4) not null
) {laid};

-- unit_id null: entered, and serving nobody yet.
create table cabinet (
  id {key},
  code varchar(40) not null unique,
  name varchar(120) not null,
  unit_id bigint null references unit (id),
  version integer not null
) {table};

create index cabinet_unit on cabinet (unit_id, code);

-- Both ends included, of one length; that no two of them overlap is checked where they are written.
create table number_range (
  id {key},
  first_number varchar(20) not null unique,
  last_number varchar(20) not null unique,
  unit_id bigint not null references unit (id),
  version integer not null
) {table};

create index number_range_unit on number_range (unit_id);

-- Customer 1-n contracts. customer.contract stays the one that made the customer.
create table contract (
  contract varchar(40) not null primary key,
  customer_id bigint not null
) {laid};

insert into contract (contract, customer_id) select contract, min(id) from customer where contract <> '' group by contract;

create index contract_customer on contract (customer_id);

-- as_of: the day of the feed that said so last.
create table subscriber (
  id {key},
  access_number varchar(40) not null unique,
  customer_id bigint not null,
  name varchar(255) not null,
  address varchar(255) not null,
  status varchar(24) not null,
  contract varchar(40) not null,
  billing_area varchar(40) not null,
  installed_on integer null,
  cabinet varchar(40) not null,
  as_of integer not null
) {table};

create index subscriber_customer on subscriber (customer_id);

create index subscriber_cabinet on subscriber (cabinet);

-- The cabinet of a number as the line system says; since: from when on. line_history holds every cabinet it ever had.
create table line (
  access_number varchar(40) not null primary key,
  cabinet varchar(40) not null,
  since integer not null
) {laid};

create index line_cabinet on line (cabinet);

create table line_history (
  access_number varchar(40) not null,
  valid_from integer not null,
  cabinet varchar(40) not null,
  primary key (access_number, valid_from)
) {laid};

-- A changed cabinet never moves a placed customer: it proposes. closed_on null: open.
create table cabinet_proposal (
  id {key},
  access_number varchar(40) not null,
  customer_id bigint not null,
  run_id bigint not null,
  raised_on integer not null,
  old_cabinet varchar(40) not null,
  new_cabinet varchar(40) not null,
  from_unit bigint not null,
  to_unit bigint not null,
  closed_on integer null,
  closed_by bigint null
) {table};

create index cabinet_proposal_customer on cabinet_proposal (customer_id);

create index cabinet_proposal_open on cabinet_proposal (closed_on, id);

-- One reading of one file. attempt: bumped by whoever takes it over, so that nobody else writes for it any more. seen_at:
-- when its worker last wrote. merged_to: the key up to which its rows are merged. day or period is 0.
create table feed_run (
  id {key},
  kind varchar(20) not null,
  source varchar(20) not null,
  day integer not null,
  period integer not null,
  checksum varchar(64) not null,
  file_name varchar(255) not null,
  person_id bigint not null,
  state varchar(20) not null,
  attempt integer not null,
  started_at bigint not null,
  seen_at bigint not null,
  finished_at bigint not null,
  bytes bigint not null,
  line_count bigint not null,
  merged_to varchar(80) not null,
  error_code varchar(60) not null,
  error_detail varchar(255) not null,
  lines_read bigint not null,
  fresh bigint not null,
  changed bigint not null,
  unchanged bigint not null,
  rejected bigint not null,
  customers bigint not null,
  pooled bigint not null,
  disagreements bigint not null,
  raised bigint not null
) {table};

create index feed_run_kind on feed_run (kind, id);

create index feed_run_same on feed_run (kind, checksum);

-- A row a kind: whoever begins or takes over a run holds it.
create table feed_gate (
  kind varchar(20) not null primary key
) {laid};

insert into feed_gate (kind) values ('subscribers'), ('lines'), ('charges'), ('arrears'), ('orders');

-- Which run's rows hold, of the kinds that each file replaces as a whole.
create table feed_current (
  kind varchar(20) not null,
  source varchar(20) not null,
  period integer not null,
  run_id bigint not null,
  primary key (kind, source, period)
) {laid};

create table feed_rejected (
  run_id bigint not null,
  line_no bigint not null,
  reason varchar(20) not null,
  field varchar(40) not null,
  line_text varchar(600) not null,
  primary key (run_id, line_no)
) {laid};

-- An upload as it arrives, in parts; gone when its run is over. Text of any encoding, base64.
create table feed_part (
  run_id bigint not null,
  part_no integer not null,
  body mediumtext not null,
  primary key (run_id, part_no)
) {laid};

-- Staged rows have the columns of their format (schema/feeds), and wait in the order of their keys.
create table subscriber_stage (
  run_id bigint not null,
  access_number varchar(40) not null,
  name varchar(255) not null,
  address varchar(255) not null,
  status varchar(24) not null,
  contract varchar(40) not null,
  billing_area varchar(40) not null,
  installed_on integer null,
  cabinet varchar(40) not null,
  line_no bigint not null,
  primary key (run_id, access_number)
) {laid};

create table line_stage (
  run_id bigint not null,
  access_number varchar(40) not null,
  cabinet varchar(40) not null,
  line_no bigint not null,
  primary key (run_id, access_number)
) {laid};

-- Charges of a number, fee item and run; those that hold are of the run that feed_current names for the period.
create table charge (
  run_id bigint not null,
  access_number varchar(40) not null,
  fee_item varchar(40) not null,
  amount bigint not null,
  line_no bigint not null,
  primary key (run_id, access_number, fee_item)
) {laid};

create table arrear_stated (
  run_id bigint not null,
  access_number varchar(40) not null,
  amount bigint not null,
  since integer not null,
  line_no bigint not null,
  primary key (run_id, access_number)
) {laid};

-- The two sources merged: accounts wins, billing fills the gaps; other_amount: what the losing one said, where it differs.
create table arrear (
  access_number varchar(40) not null primary key,
  amount bigint not null,
  since integer not null,
  source varchar(20) not null,
  other_amount bigint null
) {laid};

create index arrear_conflict on arrear (other_amount, access_number);

create table work_order (
  run_id bigint not null,
  order_no varchar(40) not null,
  access_number varchar(40) not null,
  service varchar(120) not null,
  stage varchar(120) not null,
  accepted_on integer not null,
  line_no bigint not null,
  primary key (run_id, order_no)
) {laid};

create index work_order_number on work_order (run_id, access_number);

-- Why a subscriber is where it is: all that decided, so that the decision can be made again. Findings as Finding, rule as
-- PartitionRule; places are units, 0 where there is none. Append-only.
create table partition_trace (
  id {key},
  subscriber_id bigint not null,
  customer_id bigint not null,
  run_id bigint not null,
  decided_on integer not null,
  access_number varchar(40) not null,
  contract varchar(40) not null,
  cabinet varchar(40) not null,
  billing_area varchar(40) not null,
  precedence varchar(20) not null,
  rule varchar(20) not null,
  cabinet_finding varchar(12) not null,
  range_finding varchar(12) not null,
  area_finding varchar(12) not null,
  cabinet_place bigint not null,
  range_place bigint not null,
  pool bigint not null,
  range_first varchar(20) not null,
  range_last varchar(20) not null,
  made_by varchar(40) not null,
  place bigint not null,
  disagreement integer not null check (disagreement in (0, 1))
) {table};

create index partition_trace_customer on partition_trace (customer_id, id);
