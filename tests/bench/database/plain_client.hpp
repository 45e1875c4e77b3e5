// The baselines of bench_database: what somebody would send by the database's own C client, and no more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace qudao::bench {

struct PlainMove {
    std::string code;
    std::int64_t customer = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

class PlainClient {
public:
    virtual ~PlainClient() = default;
    // The staged statements of a bulk move, with its locking reads, in one transaction: the customers are where `from`
    // says. Aborts on any error. `moves` are ordered by customer.
    virtual void commit(const std::vector<PlainMove>& moves, std::int64_t at) = 0;
    // One page of 100 customers ordered by code, from behind `after`, by a prepared keyset query over the same columns.
    // Returns the bytes fetched, so that nothing is left out.
    virtual std::int64_t page(const std::string& after) = 0;
};

std::unique_ptr<PlainClient> plain_sqlite(const std::string& path);
std::unique_ptr<PlainClient> plain_mariadb(const std::string& host, unsigned port, const std::string& user, const std::string& name);

// `join` keeps the order of the tables: left alone, MariaDB begins with the units and sorts a million customers a page.
inline std::string page_query(std::string_view join) {
    return "select c.id, c.code, c.name, c.contract, c.address, c.place_id, u.channel_id, c.statistical_id, c.installed_on, "
           "c.revenue_fen, c.version, c.locked_until from customer c " + std::string(join) +
           " unit u on u.id = c.place_id where c.code > ? order by c.code limit 101";
}

}  // namespace qudao::bench
