-- Screens that people have saved under a name: where they lead and how their tables were arranged. Each person's own.

create table saved_view (
  id {key},
  person_id bigint not null references person (id),
  name varchar(200) not null,
  address varchar(4000) not null,
  layouts mediumtext not null
) {table};

create unique index saved_view_name on saved_view (person_id, name);
