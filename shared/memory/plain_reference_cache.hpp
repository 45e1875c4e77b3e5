// A reference cache for one thread.
#pragma once

#include "shared/ports/reference_cache.hpp"

namespace qudao::memory {

class PlainReferenceCache final : public ports::ReferenceCache {
public:
    std::shared_ptr<const ports::Reference> get() const override { return reference_; }
    void put(std::shared_ptr<const ports::Reference> reference) override { reference_ = std::move(reference); }

private:
    std::shared_ptr<const ports::Reference> reference_;
};

}  // namespace qudao::memory
