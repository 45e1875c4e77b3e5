-- The right to change policies goes to those who administer the system; what a policy would have done is asked by day.

update role set actions = actions | 262144 where code = 'system_administrator';

create index partition_trace_day on partition_trace (decided_on);
