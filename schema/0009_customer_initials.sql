-- Customers found by the initials of their names (shared/base/pinyin.hpp): typed letters are a prefix of an index. What
-- is between braces here is no word of a dialect but a step of the program's own, for it alone can read characters.

alter table customer add column initials varchar(32) not null default '';

{initials of customers};

create index customer_initials on customer (initials);
