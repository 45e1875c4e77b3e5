// What every store must do, whatever it is made of. A database joins by defining backend() in its own file; the test cases
// are in suite_*.cpp. Quirks are named as traits, so that a difference is stated and not silently left out.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "shared/ports/database.hpp"

namespace qudao::contract {

struct Traits {
    std::string name;
    // Several units of work at once, from several threads; a second writer waits for the first.
    bool concurrent = true;
    // A unit of work begun for reading keeps seeing what was committed before its first statement.
    bool snapshot_reads = true;
};

struct Backend {
    Traits traits;
    // A new, empty database with its schema, gone when the pointer is.
    std::function<std::unique_ptr<ports::Database>()> make;
};

const Backend& backend();

}  // namespace qudao::contract
