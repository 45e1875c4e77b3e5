-- Lines of a feed whose number no subscriber has: their charges are in nobody's sum, and that is told.

alter table feed_run add column unknown_numbers bigint not null default 0;
