-- How many a batch moved from which unit to which: what somebody who sees a part of it is told of its size, without its
-- log being read.
create table batch_flow (
  batch_id bigint not null references batch (id),
  from_unit bigint not null references unit (id),
  to_unit bigint not null references unit (id),
  customers bigint not null,
  primary key (batch_id, from_unit, to_unit)
) {laid};

insert into batch_flow (batch_id, from_unit, to_unit, customers)
select b.id, a.from_unit, a.to_unit, count(*) from adjustment a join batch b on b.at = a.valid_from group by b.id, a.from_unit, a.to_unit;

-- An act of the program's own commands, on the machine itself, is nobody's among the people.
create table audit_entry (
  id {key},
  at bigint not null,
  person_id bigint null references person (id),
  kind varchar(40) not null,
  subject_id bigint not null,
  subject varchar(200) not null,
  before_state mediumtext not null,
  after_state mediumtext not null,
  undone_by bigint null
) {table};

insert into audit_entry (id, at, person_id, kind, subject_id, subject, before_state, after_state, undone_by)
select id, at, person_id, kind, subject_id, subject, before_state, after_state, undone_by from audit order by id;

drop table audit;

alter table audit_entry rename to audit;

create index audit_subject on audit (kind, subject_id);
