// What goes wrong in a database, inside this folder: thrown by Session, caught by guarded() at the edge of every store,
// where it becomes an Error. Nothing else leaves the folder.
#pragma once

#include <stdexcept>
#include <string>

#include "shared/base/result.hpp"

namespace qudao::sql {

class Failure : public std::runtime_error {
public:
    enum class Kind {
        duplicate,    // a unique key is taken; the statement did nothing, the transaction goes on
        constraint,   // another constraint of the schema
        busy,         // deadlock or waited too long: the whole transaction may be tried again
        unavailable,  // no connection, no disk
        other,        // a defect of ours
    };
    Failure(Kind kind, int vendor_code, const std::string& message)
        : std::runtime_error(message), kind_(kind), vendor_code_(vendor_code) {}
    Kind kind() const { return kind_; }
    int vendor_code() const { return vendor_code_; }

private:
    Kind kind_;
    int vendor_code_;
};

// database.constraint, database.busy, database.unavailable, database.failed; the vendor's words are the detail.
Error error_of(const Failure& failure);

}  // namespace qudao::sql
