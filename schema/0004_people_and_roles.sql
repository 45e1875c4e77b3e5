-- The seventeen roles, what people may be made to do at their next log-in, the trail of administrative changes, and the
-- keys of other systems. Which roles there are is shared/domain/standard_roles.cpp's to say: the program adds what is
-- missing when it opens the database. A level of '' marks a role of an older database that is still to be completed.

alter table role add column level varchar(20) not null default '';

-- Codes of menu items its holders do not need, separated by spaces.
alter table role add column hidden_menus varchar(2000) not null default '';

update role set code = 'network_data_query' where code = 'data_query';

-- must_change: the password was given by somebody else. version: of what a screen changes.
alter table person add column must_change integer not null default 0 check (must_change in (0, 1));

alter table person add column version integer not null default 1;

-- Whose rights the session looks with, read-only.
alter table session add column seen_as bigint null;

create index session_person on session (person_id);

-- How the main menu differs from the one the program comes with: an item that is not here stands where it always did.
create table menu_item (
  code varchar(40) not null primary key,
  section varchar(40) not null,
  position integer not null,
  hidden integer not null check (hidden in (0, 1))
) {laid};

-- Append-only. kind: 'person.change'; subject is what it is called, so that it can be read when the thing is gone.
-- before_state and after_state are JSON objects of what changed. undone_by is set once.
create table audit (
  id {key},
  at bigint not null,
  person_id bigint not null references person (id),
  kind varchar(40) not null,
  subject_id bigint not null,
  subject varchar(200) not null,
  before_state mediumtext not null,
  after_state mediumtext not null,
  undone_by bigint null
) {table};

create index audit_subject on audit (kind, subject_id);

-- The keys of other systems: only the hash is kept, and the beginning, to tell them apart. What a key opens is the read
-- API, for customers at or below its unit in the channels of its mask.
create table api_key (
  id {key},
  name varchar(80) not null unique,
  token_hash varchar(64) not null unique,
  hint varchar(8) not null,
  unit_id bigint not null references unit (id),
  channels bigint not null,
  expires_on integer not null,
  created_by bigint not null references person (id),
  created_at bigint not null,
  revoked_at bigint null,
  used_at bigint null
) {table};
