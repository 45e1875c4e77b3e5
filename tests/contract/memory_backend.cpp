#include "shared/memory/database.hpp"
#include "tests/contract/suite.hpp"

namespace qudao::contract {

const Backend& backend() {
    static const Backend memory{{.name = "memory", .concurrent = false, .snapshot_reads = false},
                                [] { return std::make_unique<memory::Database>(); }};
    return memory;
}

}  // namespace qudao::contract
