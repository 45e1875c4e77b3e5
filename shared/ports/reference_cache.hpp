// Organisation, roles and grants of one basis: read once, then shared by all requests until the basis changes.
#pragma once

#include <memory>
#include <vector>

#include "shared/domain/organisation.hpp"
#include "shared/domain/rights.hpp"
#include "shared/domain/snapshot.hpp"

namespace qudao::ports {

struct Reference {
    Basis basis;
    Organisation organisation;
    std::vector<Role> roles;
    std::vector<Grant> grants;
};

// Where the newest Reference is kept. The server's is guarded by a lock, the engine's is a plain pointer.
class ReferenceCache {
public:
    virtual ~ReferenceCache() = default;
    virtual std::shared_ptr<const Reference> get() const = 0;
    virtual void put(std::shared_ptr<const Reference> reference) = 0;
};

}  // namespace qudao::ports
