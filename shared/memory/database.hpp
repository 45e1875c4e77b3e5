// The whole store in memory: the sandbox's database, and the model that the SQL stores are compared with. For one thread
// only. One unit of work writes at a time and undoes its steps when it is dropped; while it is open no other begins
// (database.busy), so nobody sees half of it. One begun for reading sees what is committed after it, too.
//
// Meant for the sandbox's 20,000 customers; holds a million natively at about 350 bytes each. Lists are sorted per query.
#pragma once

#include <memory>

#include "shared/ports/database.hpp"

namespace qudao::memory {

struct State;

class Database final : public ports::Database {
public:
    Database();
    ~Database() override;
    Result<std::unique_ptr<ports::UnitOfWork>> begin(ports::Access access) override;

private:
    std::unique_ptr<State> state_;
};

}  // namespace qudao::memory
