// Saved views: the screens a person has kept under a name.
#pragma once

#include "shared/domain/saved_view.hpp"
#include "shared/dto/codec.hpp"

namespace qudao::dto {

struct SavedViewDto {
    std::int64_t id = 0;
    std::string name;
    std::string address;
    std::string layouts;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("name", self.name);
        v("address", self.address);
        v("layouts", self.layouts);
    }
};

struct SavedViewsDto {
    std::vector<SavedViewDto> views;  // the oldest first
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("views", self.views, items(kMostViews)); }
};

struct SaveViewRequest {
    std::string name;
    std::string address;
    std::string layouts;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name, text(1, 200));
        v("address", self.address, text(1, kLongestViewAddress));
        v("layouts", self.layouts, text(0, kLongestViewLayouts));
    }
};

}  // namespace qudao::dto
