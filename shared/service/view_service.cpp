#include "shared/service/view_service.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace qudao::service {
namespace {

Status check_view(const SavedView& view) {
    const std::int64_t length = count_code_points(view.name);
    if (!is_valid_utf8(view.name) || length < 1 || length > kLongestViewName || normalize_text(view.name) != view.name) return Error::of("views.name");
    // "//host" would lead away from here.
    const bool path = view.address.starts_with('/') && !view.address.starts_with("//") && view.address.find('\\') == std::string::npos;
    return path ? done() : Status(Error::of("views.address"));
}

}  // namespace

Status save_view(const Services& services, PersonId person, const SavedView& view) {
    QUDAO_CHECK(check_view(view));
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(views, work->people().saved_views(person));
    const bool there = std::any_of(views.begin(), views.end(), [&](const SavedView& known) { return known.name == view.name; });
    if (!there && views.size() >= kMostViews) return Error::of("views.too_many").with("most", static_cast<std::int64_t>(kMostViews));
    QUDAO_CHECK(work->people().save_view(person, view));
    return work->commit();
}

Status forget_view(const Services& services, PersonId person, std::int64_t view) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_CHECK(work->people().forget_view(person, view));
    return work->commit();
}

}  // namespace qudao::service
