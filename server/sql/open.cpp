#include "server/sql/open.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "server/sql/migrate.hpp"
#include "server/sql/pool.hpp"
#include "server/sql/unit_of_work.hpp"

namespace qudao::sql {
namespace {

class OpenDatabase final : public Database {
public:
    OpenDatabase(const Address& address, const Options& options)
        : address_(address), writers_(address, writer_settings(address, options)) {
        if (address.dialect == Dialect::sqlite) readers_.emplace(address, Pool::Settings{true, options.sessions, options.wait});
    }

    Result<std::unique_ptr<ports::UnitOfWork>> begin(ports::Access access) override {
        const bool write = access == ports::Access::write;
        Pool& pool = !write && readers_ ? *readers_ : writers_;
        try {
            return make_unit_of_work(pool.begin(write));
        } catch (const Failure& failure) {
            return error_of(failure);
        }
    }

    Result<Migrated> migrate() override {
        return on_writer([](Session& session) { return sql::migrate(session); });
    }
    Result<int> version() override {
        try {
            return version_of(*(readers_ ? *readers_ : writers_).begin(false));
        } catch (const Failure& failure) {
            return error_of(failure);
        }
    }
    std::string address() const override { return printable(address_); }

private:
    static Pool::Settings writer_settings(const Address& address, const Options& options) {
        return {false, address.dialect == Dialect::sqlite ? 1 : options.sessions, options.wait};
    }
    // Migrations begin and end transactions of their own.
    template <class Body>
    auto on_writer(Body&& body) -> decltype(body(std::declval<Session&>())) {
        try {
            const Pool::Lease lease = writers_.begin(true);
            lease->rollback();
            return body(*lease);
        } catch (const Failure& failure) {
            return error_of(failure);
        }
    }

    Address address_;
    Pool writers_;
    std::optional<Pool> readers_;
};

}  // namespace

Result<std::unique_ptr<Database>> open(std::string_view url, const Options& options) {
    QUDAO_TRY(address, parse_url(url));
    if (address.dialect == Dialect::mariadb && address.password.empty())
        if (const char* password = std::getenv("QUDAO_DB_PASSWORD")) address.password = password;
    std::error_code ignored;
    if (options.look_only && address.dialect == Dialect::sqlite && !std::filesystem::is_regular_file(address.path, ignored))
        return Error::of("database.missing").with("path", address.path);
    std::unique_ptr<Database> database = std::make_unique<OpenDatabase>(address, options);
    QUDAO_CHECK(database->begin(options.look_only ? ports::Access::read : ports::Access::write));
    return database;
}

}  // namespace qudao::sql
